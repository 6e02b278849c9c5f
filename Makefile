# `make` alone lists the targets. Two do everything on a fresh machine: `make sample` and `make test`.
CONFIGURATION ?= Release
ARGS ?=
COUNT ?= 20000
SEED ?= 1

export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

.PHONY: help setup build test sample quickstart pack bench learn fuzz api format

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## find out where TorchSharp comes from on this machine, and install what is missing
	@eng/setup

build: setup ## build everything
	@dotnet build TripletLoss.sln -c $(CONFIGURATION) --nologo -v:minimal

test: setup ## build and run every test; the last line counts them
	@CONFIGURATION=$(CONFIGURATION) eng/test

sample: setup ## train a network on real digits and show what it learned (ARGS="--help")
	@dotnet run --project samples/Digits -c $(CONFIGURATION) -p:RunAnalyzers=false -- $(ARGS)

quickstart: setup ## run the program that the README shows
	@dotnet run --project samples/Quickstart -c $(CONFIGURATION) -p:RunAnalyzers=false

pack: setup ## make the NuGet package in artifacts/packages (RELEASE=1: with the real TorchSharp only)
	@eng/pack

bench: setup ## measure, into docs/benchmarks.md (QUICK=1: under two minutes, shown only; ARGS="--help")
	@dotnet run --project tests/TripletLoss.Benchmarks -c $(CONFIGURATION) -p:RunAnalyzers=false -- $(if $(QUICK),--quick,--output docs/benchmarks.md) $(ARGS)

learn: setup ## train with every loss over ten seeds, into docs/learning.md (QUICK=1: a minute, shown only; ARGS="--help")
	@dotnet run --project tests/TripletLoss.Learning -c $(CONFIGURATION) -p:RunAnalyzers=false -- $(if $(QUICK),--quick,--output docs/learning.md) $(ARGS)

fuzz: setup ## test random calls against the oracle (COUNT=1000000 SEED=1)
	@dotnet run --project tests/TripletLoss.Fuzz -c $(CONFIGURATION) -p:RunAnalyzers=false -- $(COUNT) $(SEED)

api: setup ## write the public API anew to src/TripletLoss/PublicApi.txt, for review
	@UPDATE_PUBLIC_API=1 dotnet test tests/TripletLoss.Tests -f net10.0 --nologo --filter FullyQualifiedName~PublicApi

format: setup ## check that the code is formatted (dotnet format TripletLoss.sln mends it)
	@dotnet format TripletLoss.sln --verify-no-changes
