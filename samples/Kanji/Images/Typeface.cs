namespace Kanji;

/// <summary>The typefaces, in the order of the data.</summary>
internal static class Typeface
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Noto Sans", "Noto Sans Bold", "Noto Serif", "Noto Serif Bold", "BIZ UD Gothic", "BIZ UD Mincho", "Hanazono Mincho", "IPAex Gothic",
        "IPAex Mincho", "Kiloji", "Kouzan Mouhitsu", "Kouzan Gyosho", "Aoyagi Kouzan", "Aoyagi Soseki", "LXGW WenKai", "MigMix 1P",
        "Motoya Cedar", "Motoya Maruberi", "Seto", "YOzFont", "Ume Gothic", "Ume Mincho", "Konatu", "VL Gothic",
    ];
}
