namespace Kanji;

/// <summary>Is told how a run goes on.</summary>
internal interface IRunProgress
{
    void Trained(int batch, double loss);

    void Looked(Checkpoint checkpoint);

    void Warned(Warning warning);
}
