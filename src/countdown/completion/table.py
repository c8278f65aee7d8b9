# fmt: off
"""Commands and options for tab completion. Written by scripts/completion_table.py."""

# Command → kind of its argument, summary. The empty name is that of `countdown` itself.
COMMANDS: dict[str, tuple[str, str]] = {
    '': ('none', ''),
    'list': ('text', 'Every release still ahead, soonest first.'),
    'next': ('text', 'The soonest release, drawn large.'),
    'status': ('text', 'Productions without a date, by how far along they are.'),
    'show': ('title …', 'Everything about one release.'),
    'actor': ('person …', "Anyone's releases, with the role or the job."),
    'search': ('text', 'Words in titles, people, platforms, synopses.'),
    'follow': ('anything …', 'Follow a person, title, franchise or platform; without one, what you follow.'),
    'unfollow': ('followed anything …', 'Stop following.'),
    'news': ('none', 'What was seen to change: dates, stages, what is new or gone.'),
    'remind': ('none', 'What comes out soon or has moved, each thing told once.'),
    'prompt': ('none', "One line for a shell's prompt or a status bar."),
    'init': ('one of bash zsh fish', 'What a shell reads at its start: the prompt, and completion.'),
    'config': ('setting', 'Your settings: shown, changed, or opened in your editor.'),
    'doctor': ('none', 'What is found where, what a prompt costs, and whether it is live.'),
    'add': ('title …', 'A release of your own; asks if you name none.'),
    'edit': ('id', 'What your catalogue says of a release; or all of it, in your editor.'),
    'remove': ('id', 'A release of your own, taken out again.'),
    'hide': ('id', 'A release that you want in no list.'),
    'unhide': ('text', 'A hidden release, in lists again.'),
    'undo': ('none', 'The last thing that you did, taken back.'),
    'redo': ('none', 'What undo took back, brought back.'),
    'mine': ('none', 'What is yours, against what was shipped.'),
    'check': ('files', "Check catalogue files, with every problem's line."),
    'help': ('text', 'This page, or that of a command.'),
    'version': ('none', 'The version of the program.'),
}
# Other words for commands, which are not offered.
SYNONYMS: dict[str, str] = {'person': 'actor', 'rm': 'remove', 'to': 'show'}
# The options that some commands share: kind of the word that follows, and help.
OPTIONS: tuple[tuple[tuple[str, ...], dict[str, tuple[str, str]]], ...] = (
    (('',), {
        '--version': ('', 'Show the version.'),
    }),
    (('', 'list', 'next', 'status', 'news', 'remind'), {
        '--followed': ('', 'Only what you follow.'),
    }),
    (('', 'list'), {
        '--all': ('', 'Also what is out, and what is cancelled.'),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'unfollow', 'news', 'remind', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check'), {
        '--as-of': ('text', 'Count from this day: 2022-07-04, tomorrow, next friday.'),
        '--region': ('region', 'Your region: US, BR, or by name: Brazil.'),
        '--timezone': ('text', 'Your zone: America/Sao_Paulo.'),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'unfollow', 'news', 'remind', 'prompt', 'init', 'config', 'doctor', 'check'), {
        '--catalogue': ('files', 'Read this file instead of the shipped catalogue and your own; repeatable, later files lie over earlier ones.'),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'news'), {
        '--format': ('one of table plain json jsonl csv tsv markdown', 'How to write it.'),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'news', 'remind'), {
        '--json': ('', 'Short for --format json.'),
        '--days': ('', 'Exact days, not weeks and months.'),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'unfollow', 'news', 'remind', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check'), {
        '--no-color': ('', 'No colours.'),
        '--no-pager': ('', "Don't page long answers."),
    }),
    (('', 'list', 'next', 'status', 'show', 'actor', 'search', 'follow', 'unfollow', 'news', 'remind', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'help', 'version'), {
        '--help': ('', 'Show this page.'),
    }),
    (('list', 'next', 'status', 'prompt', 'init'), {
        '--actor': ('actor', 'Only with this actor.'),
        '--director': ('director', 'Only by this director.'),
        '--person': ('person', 'Only with this person, any credit.'),
        '--title': ('title', 'Only titles with these words.'),
        '--platform': ('platform', 'Only on this platform.'),
        '--franchise': ('franchise', 'Only of it; initials do: MCU.'),
    }),
    (('list', 'next', 'status'), {
        '--kind': ('one of film series season special short', 'Only of this kind; series has seasons, too.'),
        '--stage': ('one of rumoured announced development pre-production filming wrapped post-production completed released on-hold cancelled', 'Only at this stage.'),
        '--type': ('one of theatrical streaming tv digital physical re-release limited premiere', 'Count dates of this type, and only those.'),
        '--within': ('text', 'Only what can come within 90d, 12w, 6m or 1y.'),
        '--from': ('text', 'Only what can come on this day or later.'),
        '--to': ('text', 'Only what can come on this day or earlier.'),
    }),
    (('list',), {
        '--dated': ('', 'Only with, or without, a date.'),
        '--undated': ('', 'Only with, or without, a date.'),
        '--released': ('', 'Only what is out, newest first.'),
        '--sort': ('one of date title kind platform stage', '[default: date]'),
        '--reverse': ('', 'The other way round.'),
    }),
    (('list', 'status', 'actor', 'search'), {
        '--limit': ('text', 'No more than N releases.'),
    }),
    (('next', 'remind', 'prompt', 'init'), {
        '--all': ('', 'Not only what you follow.'),
    }),
    (('show',), {
        '--all': ('', 'Of a person, also what is out already.'),
    }),
    (('actor',), {
        '--all': ('', 'Also what is out already.'),
    }),
    (('follow',), {
        '--person': ('person', 'This person, any credit.'),
        '--director': ('director', 'This director.'),
        '--title': ('title', 'Titles with these words.'),
        '--franchise': ('franchise', 'This franchise.'),
        '--platform': ('platform', 'This platform.'),
    }),
    (('unfollow',), {
        '--person': ('followed person', 'This person, any credit.'),
        '--director': ('followed director', 'This director.'),
        '--title': ('followed title', 'Titles with these words.'),
        '--franchise': ('followed franchise', 'This franchise.'),
        '--platform': ('followed platform', 'This platform.'),
    }),
    (('news',), {
        '--since': ('text', 'How far back: 90d, 12w, 6m, 1y, or a day.'),
        '--mine': ('', 'Also what you have changed in your own catalogue.'),
    }),
    (('remind',), {
        '--milestones': ('text', 'So many days ahead it is told.'),
        '--recipient': ('text', 'Who asks: each name is told for itself.'),
        '--notify': ('', 'Tell it by desktop notifications.'),
        '--dry-run': ('', 'Print reminders without marking them sent.'),
        '--format': ('one of plain json jsonl', 'How to write it.'),
    }),
    (('prompt', 'init'), {
        '--id': ('id', 'Only the release with this id.'),
        '--followed': ('', 'Only what you follow, even if that is nothing.'),
        '--within': ('text', 'Silent unless it comes within 90d, 12w, 6m or 1y.'),
        '--milestones': ('text', 'Silent on all other days: 100,30,7,1,0.'),
        '--count': ('text', 'So many releases.'),
        '--format': ('text', 'How to write one.'),
        '--max-width': ('text', 'No wider than N columns; titles are cut first.'),
    }),
    (('prompt',), {
        '--for': ('one of plain bash zsh fish tmux waybar polybar starship i3blocks xbar', 'Escaped for who reads it: plain, bash, zsh, fish, tmux, waybar, polybar, starship, i3blocks, xbar.'),
    }),
    (('init',), {
        '--no-prompt': ('', 'Only set COUNTDOWN_PROMPT, for a prompt of yours.'),
        '--completion-only': ('', 'Only tab completion, no prompt.'),
    }),
    (('add',), {
        '--id': ('text', 'Its id.'),
        '--date': ('text', 'When: a day, Q4 2027, June 2027; for a region BR=DATE, with a type BR/tv=DATE; unstated=DATE if nobody says where.'),
        '--source': ('text', 'Where they can be read: addresses, or tables of url and date.'),
    }),
    (('add', 'edit'), {
        '--alias': ('text', 'Other titles: other languages, working titles.'),
        '--kind': ('one of film series season special short', 'What it is.'),
        '--season': ('text', 'The number, for a season of a series.'),
        '--stage': ('one of rumoured announced development pre-production filming wrapped post-production completed released on-hold cancelled', 'How far along it is.'),
        '--stage-since': ('text', 'Since when.'),
        '--stage-note': ('text', 'One sentence on the stage.'),
        '--expected': ('text', 'What people in the trade expect: shown as such, never counted down to.'),
        '--cast': ('actor', 'Who plays in it: NAME, or "NAME as ROLE".'),
        '--director': ('director', 'Who directs it.'),
        '--writer': ('person', 'Who writes it.'),
        '--creator': ('person', 'Who created the series.'),
        '--platform': ('platform', 'The service or network where it is seen first; none for a cinema release.'),
        '--distributor': ('text', 'Who releases it.'),
        '--studio': ('text', 'Who makes it.'),
        '--franchise': ('franchise', 'The worlds or series of films that it belongs to.'),
        '--country': ('region', 'Where it is made, as ISO 3166-1 alpha-2 or by name; the first is the home market.'),
        '--sequel-to': ('id', 'The id of the release that it follows.'),
        '--synopsis': ('text', 'What it is about, in your own words, on one line.'),
        '--checked': ('text', 'When these facts were last verified.'),
        '--unverified': ('text', 'Keys whose facts are not confirmed: remembered or inferred, not read in a source.'),
        '--ids': ('text', 'Identifiers of the same thing elsewhere.'),
    }),
    (('add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo'), {
        '--dry-run': ('', 'Show what would change, and change nothing.'),
    }),
    (('edit',), {
        '--title': ('title', 'The title, without season or year.'),
        '--date': ('text', 'The new date, like Q4 2027; BR=DATE for a region, BR/tv=DATE for a type of it, worldwide=DATE in place of all, unstated=DATE if nobody says where; none withdraws it.'),
        '--source': ('text', 'Where it can be read; with --date also where the news of that date is.'),
        '--announced': ('text', 'When a new date was announced.'),
        '--correction': ('', "The old date was a mistake: don't record that it moved."),
        '--unset': ('one of title aliases kind season franchise sequel_to platform distributor studio country director writer creator cast synopsis stage stage_since stage_note expected date dates moves unverified checked sources ids hidden', 'Say no more of this; what a lower layer says then counts.'),
    }),
    (('mine',), {
        '--format': ('one of table plain markdown', 'How to write it.'),
    }),
)

# What `config` can do, and its keys: kind of the value, and help.
ACTIONS: dict[str, str] = {
    'list': 'Every setting, its value, and who says so.',
    'get': 'The value of one setting.',
    'set': 'Give a setting a value.',
    'unset': 'Take a setting back.',
    'path': 'Where config.toml is.',
    'edit': 'All of it, in your editor.',
}
SETTINGS: dict[str, tuple[str, str]] = {
    'region': ('region', 'Your region: BR, or by name: Brazil.'),
    'timezone': ('text', 'Your zone: America/Sao_Paulo.'),
    'date_style': ('one of day-month-year month-day-year iso', 'How days are written.'),
    'theme': ('one of auto dark light mono', 'Colours on a terminal: for a dark background, a light one.'),
    'format': ('one of table plain json jsonl csv tsv markdown', 'How answers are written, on a terminal and into a pipe.'),
    'prompt.format': ('text', 'How a prompt writes a release.'),
    'follow.person': ('person', 'People: cast, director, writer or creator.'),
    'follow.director': ('director', 'Directors.'),
    'follow.title': ('title', 'Titles, or words of them.'),
    'follow.franchise': ('franchise', 'Franchises; initials do: MCU.'),
    'follow.platform': ('platform', 'Platforms.'),
}
