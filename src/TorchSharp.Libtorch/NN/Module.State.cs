using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string path = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string key, Tensor parameter) in named_parameters()) destination.TryAdd(path + key, parameter);
                foreach ((string key, Tensor buffer) in named_buffers(true, false)) destination.TryAdd(path + key, buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                List<string> missing = own.Keys.Where(key => Wanted(key) && !source.ContainsKey(key)).ToList();
                List<string> unexpected = source.Keys.Where(key => Wanted(key) && !own.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        "The loaded state_dict is not identical to the target dictionary. " +
                        $"Missing: [{string.Join(", ", missing)}]. Unexpected: [{string.Join(", ", unexpected)}].");
                using (no_grad())
                    foreach ((string key, Tensor value) in source)
                        if (Wanted(key) && own.TryGetValue(key, out Tensor? target)) target.copy_(value);
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using FileStream stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var kept = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(kept.Count);
                foreach ((string key, Tensor value) in kept)
                {
                    writer.Write(key);
                    value.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using FileStream stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                long entries = reader.Read7BitEncodedInt64();
                if (strict && entries != own.Count)
                    throw new ArgumentException($"Mismatched state_dict sizes: expected {own.Count}, but found {entries} entries.");
                for (long i = 0; i < entries; i++)
                {
                    string key = reader.ReadString();
                    bool found = own.TryGetValue(key, out Tensor? target);
                    if (strict && !found)
                        throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{key}'");
                    bool skipped = !found || skip?.Contains(key) == true;
                    if (skipped) TensorFile.Skip(reader);
                    else TensorFile.Read(reader, target!);
                    if (loadedParameters is not null) loadedParameters[key] = !skipped;
                }
                return this;
            }
        }
    }
}
