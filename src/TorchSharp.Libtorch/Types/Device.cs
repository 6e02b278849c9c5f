using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(string deviceType, int index = -1) : this(TypeOf(deviceType), index)
        {
        }

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>"cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            string[] parts = description.Split(':');
            type = TypeOf(parts[0]);
            index = -1;
            if (parts.Length == 1) return;
            if (parts.Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parsed))
                throw new FormatException($"'{description}' is not a device: expected a name such as \"cpu\", \"cuda\" or \"cuda:1\".");
            index = parsed;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : $"{name}:{index}";
        }

        private static DeviceType TypeOf(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            foreach (DeviceType candidate in Enum.GetValues<DeviceType>())
                if (candidate.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)) return candidate;
            throw new ArgumentException($"'{name}' is not a device type: expected \"cpu\" or \"cuda\".");
        }
    }
}
