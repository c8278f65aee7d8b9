# fmt: off
"""Commands and options for tab completion. Written by scripts/completion_table.py."""

# Command → kind of its argument, summary. The empty name is that of `countdown` itself.
COMMANDS: dict[str, tuple[str, str]] = {
    '': ('none', ''),
    'list': ('text', 'List upcoming releases, soonest first.'),
    'next': ('text', 'Show the next release in big digits.'),
    'status': ('text', 'Show how far undated productions are.'),
    'calendar': ('text', 'Show months with the releases of their days.'),
    'timeline': ('text', 'Draw releases on one axis of time.'),
    'live': ('text', 'Count down live on the full screen.'),
    'show': ('title …', 'Show everything about one release.'),
    'actor': ('person …', "List someone's films and series."),
    'search': ('text', 'Search titles, people, platforms and synopses.'),
    'why': ('title …', "Say why there's no day yet."),
    'marathon': ('title …', 'Plan what to watch before a release.'),
    'follow': ('anything …', 'Follow a person, title, franchise or platform.'),
    'unfollow': ('followed anything …', 'Stop following.'),
    'news': ('none', 'Show recent changes: new dates, delays, stages.'),
    'remind': ('none', 'Print reminders; each is sent once.'),
    'track': ('title …', 'Put a film or series into your list.'),
    'untrack': ('title …', 'Stop tracking a film or series.'),
    'refresh': ('text', 'Ask sources what changed.'),
    'source': ('files', 'Show or change where live facts come from.'),
    'prompt': ('none', 'Print one line for prompts and status bars.'),
    'init': ('one of bash zsh fish nu powershell', 'Set up your shell: prompt and tab completion.'),
    'config': ('setting', 'Show or change your settings.'),
    'doctor': ('none', 'Check installation, files, shells and prompt speed.'),
    'add': ('title …', 'Add a release.'),
    'edit': ('id', 'Change a release, or edit your whole catalogue.'),
    'remove': ('id', 'Delete one of your releases.'),
    'hide': ('id', 'Hide a release from every list.'),
    'unhide': ('text', 'Show a hidden release again.'),
    'undo': ('none', 'Undo your last change.'),
    'redo': ('none', 'Redo what you undid.'),
    'mine': ('none', 'Show what you added, changed and hid.'),
    'check': ('files', 'Check a catalogue file for problems.'),
    'card': ('title …', 'Draw a picture of one release to share.'),
    'export': ('one of ics toml json csv markdown html', 'Write releases for calendars and other programs.'),
    'share': ('text', 'Write a website of releases.'),
    'import': ('files', 'Follow what you listed in another program.'),
    'help': ('text', "Show this page, or a command's."),
    'version': ('none', 'Show the version.'),
}
# Other words for commands, which are not offered.
SYNONYMS: dict[str, str] = {'person': 'actor', 'rm': 'remove', 'to': 'show'}
# The options that some commands share: kind of the word that follows, and help.
OPTIONS: tuple[tuple[tuple[str, ...], dict[str, tuple[str, str]]], ...] = (
    (('',), {
        '--version': ('', 'Show the version.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'news', 'remind', 'export', 'share'), {
        '--followed': ('', 'Only what you follow.'),
    }),
    (('', 'list'), {
        '--all': ('', 'Include released and cancelled.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'source', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'export', 'share', 'import'), {
        '--as-of': ('text', 'Pretend today is DATE.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'refresh', 'source', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'export', 'share', 'import'), {
        '--region': ('region', 'Your region, like BR or Brazil.'),
        '--timezone': ('text', 'Your time zone, like America/Sao_Paulo.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'prompt', 'init', 'config', 'doctor', 'check', 'card', 'export', 'share', 'import'), {
        '--catalogue': ('files', 'Catalogue to read instead; repeatable, later ones win.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'show', 'actor', 'search', 'marathon', 'follow', 'news', 'refresh'), {
        '--format': ('one of table plain json jsonl csv tsv markdown', 'Output format.'),
        '--raw': ('', 'No apostrophes in csv and tsv.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'marathon', 'follow', 'news', 'remind', 'refresh', 'source'), {
        '--json': ('', 'Same as --format json.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'show', 'actor', 'search', 'marathon', 'follow', 'news', 'remind', 'refresh', 'source', 'export'), {
        '--days': ('', 'Show exact days.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'refresh', 'source', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'import'), {
        '--accessible': ('', 'Sentences for a screen reader.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'refresh', 'source', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'import', 'help'), {
        '--no-color': ('', 'Turn colours off.'),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'refresh', 'source', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'import', 'help'), {
        '--no-pager': ('', "Don't use a pager."),
    }),
    (('', 'list', 'next', 'status', 'calendar', 'timeline', 'live', 'show', 'actor', 'search', 'why', 'marathon', 'follow', 'unfollow', 'news', 'remind', 'track', 'untrack', 'refresh', 'source', 'prompt', 'init', 'config', 'doctor', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo', 'mine', 'check', 'card', 'export', 'share', 'import', 'help', 'version'), {
        '--help': ('', 'Show this page.'),
    }),
    (('list', 'next', 'status', 'calendar', 'timeline', 'prompt', 'init', 'export', 'share'), {
        '--actor': ('actor', 'Only with this actor.'),
        '--director': ('director', 'Only by this director.'),
        '--person': ('person', 'Only with this person, in any job.'),
        '--title': ('title', 'Only titles with these words.'),
        '--platform': ('platform', 'Only on this platform.'),
        '--franchise': ('franchise', 'Only this franchise (initials work: MCU).'),
    }),
    (('list', 'next', 'status', 'calendar', 'timeline', 'marathon', 'export', 'share'), {
        '--kind': ('one of film series season special short', 'Only this kind; series includes seasons.'),
    }),
    (('list', 'next', 'status', 'calendar', 'timeline', 'export', 'share'), {
        '--stage': ('one of rumoured announced development pre-production filming wrapped post-production completed released on-hold cancelled', 'Only at this stage.'),
        '--type': ('one of theatrical streaming tv digital physical re-release limited premiere', 'Only dates of this type.'),
        '--within': ('text', 'Due within 90d, 12w, 6m or 1y.'),
        '--from': ('text', 'Due on this day or later.'),
        '--to': ('text', 'Due on this day or earlier.'),
    }),
    (('list',), {
        '--dated': ('', 'Only with, or without, a date.'),
        '--undated': ('', 'Only with, or without, a date.'),
        '--released': ('', 'Released ones, newest first.'),
        '--complete': ('', 'Seasons by the day that all is out.'),
        '--sort': ('one of date title kind platform stage', 'Sort order.'),
        '--reverse': ('', 'Reverse the order.'),
    }),
    (('list', 'status', 'timeline', 'actor', 'search', 'export'), {
        '--limit': ('text', 'Show at most N releases.'),
    }),
    (('next', 'remind', 'prompt', 'init'), {
        '--all': ('', 'Not only what you follow.'),
    }),
    (('calendar',), {
        '--months': ('text', 'Show N months.'),
    }),
    (('timeline',), {
        '--svg': ('files', 'Draw it into this file instead, in SVG.'),
    }),
    (('timeline', 'actor', 'export'), {
        '--all': ('', 'Include released ones.'),
    }),
    (('live',), {
        '--exec': ('text', "Run this when it's out."),
        '--quit': ('', 'Quit when all of it is out.'),
    }),
    (('show',), {
        '--sources': ('', 'Show whole addresses.'),
        '--open': ('', 'Open its first link in your browser.'),
        '--all': ('', 'For a person, include released ones.'),
    }),
    (('search',), {
        '--online': ('', 'Search Wikidata and TVmaze instead.'),
    }),
    (('marathon',), {
        '--franchise': ('franchise', 'Only this one of its franchises.'),
        '--sequels': ('', 'Only those that it continues.'),
        '--per-day': ('text', 'Watch N a day.'),
        '--from': ('text', 'Start on this day.'),
        '--ics': ('files', 'Write them as a calendar; - is stdout.'),
    }),
    (('follow',), {
        '--person': ('person', 'This person, in any job.'),
        '--director': ('director', 'This director.'),
        '--title': ('title', 'Titles with these words.'),
        '--franchise': ('franchise', 'This franchise.'),
        '--platform': ('platform', 'This platform.'),
    }),
    (('unfollow',), {
        '--person': ('followed person', 'This person, in any job.'),
        '--director': ('followed director', 'This director.'),
        '--title': ('followed title', 'Titles with these words.'),
        '--franchise': ('followed franchise', 'This franchise.'),
        '--platform': ('followed platform', 'This platform.'),
    }),
    (('news',), {
        '--since': ('text', 'Span like 12w or 6m, or a day.'),
        '--mine': ('', 'Include changes you made yourself.'),
    }),
    (('remind',), {
        '--milestones': ('text', 'Days before release to remind.'),
        '--recipient': ('text', 'Recipient; each gets its own reminders.'),
        '--notify': ('', 'Send desktop notifications.'),
        '--dry-run': ('', 'Print reminders without marking them sent.'),
        '--format': ('one of plain json jsonl', 'Output format.'),
    }),
    (('track',), {
        '--yes': ('', "Don't ask if only one is found."),
        '--offline': ('', 'Ask nobody, and so track nothing.'),
    }),
    (('track', 'untrack', 'add', 'edit', 'remove', 'hide', 'unhide', 'undo', 'redo'), {
        '--dry-run': ('', 'Show what would change; change nothing.'),
    }),
    (('refresh',), {
        '--due': ('', 'Ask only about what is due.'),
        '--dry-run': ('', 'Ask, but keep nothing.'),
        '--force': ('', 'Read everything again.'),
        '--offline': ('', 'Ask nobody.'),
        '--timer': ('', 'Print lines for cron and systemd.'),
    }),
    (('source',), {
        '--name': ('text', 'Its name, for a new source.'),
        '--kind': ('one of catalogue calendar', 'What a new one is.'),
        '--key-variable': ('text', 'Variable with its key.'),
        '--key-command': ('text', 'Command that prints its key.'),
        '--key-file': ('files', 'File with its key, of mode 0600.'),
        '--yes': ('', 'Add it without asking.'),
        '--diff': ('', 'Show what the new version changes.'),
        '--format': ('one of table plain json markdown', 'Output format.'),
    }),
    (('prompt', 'init'), {
        '--id': ('id', 'Only the release with this id.'),
        '--followed': ('', "Only what you follow, even if that's nothing."),
        '--within': ('text', 'Hide unless due within 90d, 12w or 6m.'),
        '--milestones': ('text', 'Show only on these days, like 30,7,1,0.'),
        '--count': ('text', 'How many releases.'),
        '--format': ('text', 'Template.'),
        '--max-width': ('text', 'Maximum width; long titles are shortened.'),
    }),
    (('prompt',), {
        '--for': ('one of plain bash zsh fish tmux waybar polybar starship i3blocks xbar', 'Escape for this program: plain, bash, zsh, fish, tmux, waybar, polybar, starship, i3blocks, xbar.'),
    }),
    (('init',), {
        '--no-prompt': ('', 'Only set COUNTDOWN_PROMPT, for your own prompt.'),
        '--completion-only': ('', 'Only tab completion, no prompt.'),
    }),
    (('add',), {
        '--id': ('text', 'Its id.'),
        '--date': ('text', 'Date, like Q4 2027; BR=DATE for Brazil.'),
        '--source': ('text', 'Source URL.'),
    }),
    (('add', 'edit'), {
        '--alias': ('text', 'Another title, like a working title.'),
        '--title-in': ('text', 'Title in another language, like de=TITLE.'),
        '--kind': ('one of film series season special short', 'Kind.'),
        '--season': ('text', 'Season number.'),
        '--stage': ('one of rumoured announced development pre-production filming wrapped post-production completed released on-hold cancelled', 'How far along it is.'),
        '--stage-since': ('text', 'When it reached that stage.'),
        '--stage-note': ('text', 'One sentence about the stage.'),
        '--expected': ('text', 'Rumoured date: shown, never counted down to.'),
        '--complete': ('text', "When a season's last episode is out."),
        '--cadence': ('one of weekly all-at-once', 'How its episodes come out.'),
        '--cast': ('actor', 'Actor, or "ACTOR as ROLE".'),
        '--director': ('director', 'Director.'),
        '--writer': ('person', 'Writer.'),
        '--creator': ('person', 'Creator of a series.'),
        '--platform': ('platform', 'Streaming service or TV network.'),
        '--distributor': ('text', 'Distributor.'),
        '--studio': ('text', 'Studio.'),
        '--franchise': ('franchise', 'Franchise.'),
        '--country': ('region', 'Country; the first one is its home market.'),
        '--sequel-to': ('id', 'Id of the release before it.'),
        '--synopsis': ('text', "What it's about, in your own words."),
        '--checked': ('text', 'When you last checked these facts.'),
        '--unverified': ('text', "Key of a fact that you couldn't confirm."),
        '--ids': ('text', 'Id on another site, like imdb=tt1375666.'),
    }),
    (('edit',), {
        '--title': ('title', 'Title, without season or year.'),
        '--date': ('text', 'New date, BR=DATE for Brazil, or none.'),
        '--source': ('text', 'Source URL; it never replaces others.'),
        '--announced': ('text', 'When the new date was announced.'),
        '--correction': ('', 'Fix a wrong date without recording a delay.'),
        '--unset': ('one of was title aliases titles kind season franchise sequel_to platform distributor studio country director writer creator cast synopsis stage stage_since stage_note expected date dates only_these_dates complete cadence moves unverified checked sources ids hidden', 'Drop your value and use the built-in one.'),
    }),
    (('mine',), {
        '--format': ('one of table plain markdown', 'Output format.'),
    }),
    (('check',), {
        '--fix': ('', 'Write a file in the format, asking first.'),
        '--yes': ('', "With --fix: don't ask."),
        '--dry-run': ('', 'With --fix: only show what would change.'),
        '--stale': ('', 'List what to look up again.'),
        '--coverage': ('', 'Count releases with a date, role or source.'),
    }),
    (('card',), {
        '--svg': ('files', 'Draw it in SVG; - is stdout.'),
        '--png': ('files', 'Draw it in PNG.'),
    }),
    (('card', 'export', 'share'), {
        '--mine': ('', 'Also what only your own catalogue has.'),
    }),
    (('export',), {
        '--output': ('files', 'Write this file; - is stdout.'),
        '--alarm': ('text', 'In ics: remind so long before, like 1d.'),
        '--windows': ('one of day span none', 'Vague dates in ics.'),
    }),
    (('share',), {
        '--name': ('text', 'What the site is called.'),
        '--url': ('text', 'Its address, for links from elsewhere.'),
    }),
    (('import',), {
        '--from': ('one of countdown ics letterboxd imdb tvtime trakt simkl sonarr radarr', 'Program that wrote the file.'),
        '--dry-run': ('', 'Only show what would be followed.'),
    }),
)

# What `config` can do, and its keys: kind of the value, and help.
ACTIONS: dict[str, str] = {
    'list': 'Show all settings and where they come from.',
    'get': 'Show one setting.',
    'set': 'Change a setting.',
    'unset': 'Reset a setting to its default.',
    'path': 'Show where config.toml is.',
    'edit': 'Open config.toml in your editor.',
}
SETTINGS: dict[str, tuple[str, str]] = {
    'region': ('region', 'Your region, like BR or Brazil.'),
    'timezone': ('text', 'Your time zone, like America/Sao_Paulo.'),
    'date_style': ('one of day-month-year month-day-year iso', 'Date style.'),
    'theme': ('one of auto dark light mono', 'Colours on a terminal: for a dark background, a light one.'),
    'format': ('one of table plain json jsonl csv tsv markdown', 'Output format, on a terminal and in a pipe.'),
    'contact': ('text', 'Your address, told to sources of live facts; else none.'),
    'prompt.format': ('text', 'Template of the prompt.'),
    'follow.person': ('person', 'People: cast, director, writer or creator.'),
    'follow.director': ('director', 'Directors.'),
    'follow.title': ('title', 'Titles, or words of them.'),
    'follow.franchise': ('franchise', 'Franchises (initials work: MCU).'),
    'follow.platform': ('platform', 'Platforms.'),
}
