using System.Globalization;
using System.Numerics;
using TorchSharp;

namespace Kanji;

/// <summary>A map of all unseen images that one can move about in; the script draws it.</summary>
internal static class MapSection
{
    private const int Links = 5;
    private const int Most = 10_000;

    public static string Of(Findings findings, torch.Tensor pixels, Ranking byPixels, Ranking byNetwork)
    {
        var (unseen, run) = (findings.Unseen, findings.Runs[0]);
        return Html.Section("Map", $$"""
            <article class="wide">
            <h3>All {{unseen.Count}} images of unseen characters</h3>
            <p>Neighbours lie together, each character in its own colour. Drag to move, scroll or press + and − to zoom: from near the dots become images. Point at one to see what it is and its {{Links}} nearest.</p>
            <p class="tools"><button id="by-network">by the network</button><button id="by-pixels">by the pixels</button><button id="nearer">+</button><button id="farther">−</button><label>find <input id="find" size="4" placeholder="{{unseen.Characters[0]}}"/></label></p>
            <div id="map"><canvas></canvas><div id="tip" hidden="hidden"><i class="thumb"></i><b></b><span></span></div></div>
            <script type="application/json" id="map-data">{"columns":{{Sprite.Columns}},"typefaces":[{{string.Join(',', Typeface.Names.Select(name => $"\"{name}\""))}}],"characters":"{{string.Concat(unseen.Characters)}}",
            "network":{{Layer(NeighbourLayout.Of(run.After, byNetwork), byNetwork)}},
            "pixels":{{Layer(NeighbourLayout.Of(pixels, byPixels), byPixels)}}}</script>
            </article>
            """);
    }

    private static string Layer(Vector2[] places, Ranking ranking)
    {
        var (least, most) = (places.Aggregate(Vector2.Min), places.Aggregate(Vector2.Max));
        var scale = Most / MathF.Max((most - least).X, (most - least).Y);
        var numbers = places.SelectMany(place => (float[])[(place - least).X * scale, (place - least).Y * scale]);
        return $"{{\"places\":[{string.Join(',', numbers.Select(number => ((int)number).ToString(CultureInfo.InvariantCulture)))}],\"nearest\":[{string.Join(',', ranking.Nearest.SelectMany(row => row.Take(Links)))}]}}";
    }
}
