using System.Text;

namespace TripletLoss;

/// <summary>Class names in snake case, as Keras names its objects.</summary>
internal static class SnakeCase
{
    /// <summary><c>TripletSemiHardLoss</c> becomes <c>triplet_semi_hard_loss</c>, <c>HTTPLoss</c> becomes <c>http_loss</c>.</summary>
    public static string From(string className)
    {
        var snake = new StringBuilder(className.Length + 8);
        for (int i = 0; i < className.Length; i++)
        {
            if (!char.IsLetterOrDigit(className[i]) && className[i] != '_')
                continue;
            if (StartsWord(className, i) && snake.Length > 0 && snake[^1] != '_')
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(className[i]));
        }
        return snake.ToString();
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i])
        && ((i > 0 && char.IsLower(name[i - 1])) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
