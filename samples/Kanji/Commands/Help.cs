namespace Kanji;

internal static class Help
{
    public const string Text = """
        Trains a small convolutional network on 400 kanji in 24 typefaces with a triplet loss, and shows how well it tells apart 200 other
        kanji, which it never saw.

        usage: dotnet run -c Release --project samples/Kanji -- [options]

          --loss L         semi-hard, hard or all: TripletSemiHardLoss, TripletHardLoss or TripletBatchAllLoss (semi-hard)
          --margin M       the loss's margin (0.5)
          --batches N      batches to train on, each of 32 characters x 6 typefaces (900)
          --seed S[,S]     one run for each seed; the results are their mean (1,2,3)
          --memory N       mine against the last N embeddings too, with CrossBatchMemory (none)
          --memory-after N batches without that memory at first (675, three quarters)
          --chunk N        encode N images of a batch at a time, with GradientCache (all 192 at once)
          --characters N   test on N seen and N unseen characters (200)
          --output DIR     the output folder (artifacts/kanji)
          --resume         continue the runs saved in that folder, bit for bit
          --query C        train nothing: show the neighbours of the character C by the saved network of the first seed
          --picture FILE   train nothing: draw neighbours of unseen characters by that network, as PNG
          --help           this text

        Writes report.html, the results as a page; loss.json, the loss's configuration; seed-N, the network, the optimiser and the position
        of the sampler of each seed; vectors.tsv and metadata.tsv, for https://projector.tensorflow.org.

        Exit status: 0; 1 when a run with the default settings misses its goal of MAP@R 0.87 or recall@1 0.98 on unseen characters; 2 for bad options or files.
        """;
}
