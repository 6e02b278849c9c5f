using Kanji;

try
{
    var options = Options.Parse(args);
    if (options.WantsHelp)
    {
        Console.WriteLine(Help.Text);
        return 0;
    }

    return options switch
    {
        { Query: { } character } => QueryCommand.Run(options, character),
        { Picture: { } file } => PictureCommand.Run(options, file),
        _ => TrainCommand.Run(options),
    };
}
catch (Exception problem) when (problem is OptionException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{problem.Message} See --help.");
    return 2;
}
