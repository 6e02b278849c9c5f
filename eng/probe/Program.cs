// Prints 3 when TorchSharp and its native library work on this machine.
System.Console.WriteLine((int)TorchSharp.torch.ones(3).sum().item<float>());
