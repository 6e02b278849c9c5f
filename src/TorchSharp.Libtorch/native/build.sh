#!/usr/bin/env bash
# usage: build.sh OUTPUT.so
# Compiles libtorch.cpp against the libtorch in $LIBTORCH (a libtorch download, or the torch folder of a Python
# installation), or else the system's (Debian's libtorch-dev). Does nothing when OUTPUT.so is up to date.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$1
install='apt-get install g++ libtorch-dev libopenblas0-pthread'

fail() {
  echo "native/build.sh : error NATIVE001: $1" >&2 # as MSBuild reads errors
  exit 1
}

mkdir -p "$(dirname "$output")"
exec 9>"$output.lock"
flock 9 # the target frameworks build at the same time

compiler=${CXX:-g++}
command -v "$compiler" >/dev/null || fail "no C++ compiler '$compiler'. Install one: $install"

flags=()
if [ -n "${LIBTORCH:-}" ]; then
  headers=$LIBTORCH/include
  libraries=$LIBTORCH/lib
  flags+=(-I "$headers" -I "$headers/torch/csrc/api/include" -L "$libraries" "-Wl,-rpath,$libraries")
  [ -e "$libraries/libc10.so" ] || fail "LIBTORCH is '$LIBTORCH', but there is no lib/libc10.so in it. It must be an unpacked libtorch or the torch folder of a Python installation."
  c10=$libraries/libc10.so
else
  headers=
  for place in /usr/include /usr/local/include; do
    if [ -e "$place/ATen/core/dispatch/Dispatcher.h" ]; then headers=$place; fi
  done
  [ -n "$headers" ] || fail "no libtorch headers. Install them ($install), or set LIBTORCH to an unpacked libtorch or to the torch folder of a Python installation."
  flags+=(-I "$headers" -I "$headers/torch/csrc/api/include")
  c10=$("$compiler" -print-file-name=libc10.so)
fi
[ -e "$headers/ATen/core/dispatch/Dispatcher.h" ] || fail "'$headers' has no ATen/core/dispatch/Dispatcher.h. Set LIBTORCH to a libtorch that comes with its headers, or install one: $install"
[ -e "$c10" ] || fail "libtorch's headers are in '$headers', but libc10.so is nowhere. Install it: $install"

# Builds of libtorch differ in the layout of std::string; one with the other's would not load. Which one c10::Error takes
# stands in the name of its constructor.
if grep -aqE 'N3c105ErrorC[12]ENS_14SourceLocationESs' "$c10"; then abi=0; else abi=1; fi
flags+=("-D_GLIBCXX_USE_CXX11_ABI=$abi")

choice="$compiler ${flags[*]} $(readlink -f "$c10")"
if [ -e "$output" ] && [ "$(cat "$output.choice" 2>/dev/null)" = "$choice" ] &&
  [ "$output" -nt "$here/libtorch.cpp" ] && [ "$output" -nt "$here/build.sh" ] && [ "$output" -nt "$c10" ]; then
  exit 0
fi

"$compiler" -std=c++17 -O1 -fPIC -shared -fvisibility=hidden -w "${flags[@]}" "$here/libtorch.cpp" -o "$output.new" \
  -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10 -Wl,--as-needed -ldl || fail "libtorch.cpp did not compile against '$headers' (see above)."
mv "$output.new" "$output"
printf '%s' "$choice" >"$output.choice"
