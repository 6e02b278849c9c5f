namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimiser, epoch by epoch.</summary>
            public abstract class LRScheduler
            {
                protected int _step_count;
                private protected readonly List<ILearningRateController> Groups = [];
                private protected readonly List<double> BaseRates = [];
                private protected int LastEpoch;
                private readonly bool _verbose;
                private List<double> _lastRates = [];

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    Groups.AddRange(optimizer.ParamGroups);
                    LastEpoch = last_epoch;
                    _verbose = verbose;
                    if (last_epoch == -1)
                        foreach (ILearningRateController group in Groups) group.InitialLearningRate = group.LearningRate;
                    BaseRates.AddRange(Groups.Select(group => group.InitialLearningRate));
                    _lastRates.AddRange(Groups.Select(group => group.LearningRate));
                }

                public IEnumerable<double> get_last_lr() => _lastRates;

                public virtual void step()
                {
                    _step_count++;
                    LastEpoch++;
                    Apply(get_lr());
                }

                public virtual void step(int? epoch)
                {
                    if (epoch is not int wanted)
                    {
                        step();
                        return;
                    }
                    _step_count++;
                    LastEpoch = wanted;
                    Apply(get_closed_form_lr());
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Groups.Select(group => group.LearningRate);

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private void Apply(IEnumerable<double> rates)
                {
                    _lastRates = rates.ToList();
                    for (int i = 0; i < _lastRates.Count; i++)
                    {
                        Groups[i].LearningRate = _lastRates[i];
                        if (_verbose) Console.WriteLine($"Adjusting learning rate of group {i} to {_lastRates[i]:e4}.");
                    }
                }
            }
        }
    }
}
