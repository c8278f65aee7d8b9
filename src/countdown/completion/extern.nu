
@complete __countdown_complete
extern countdown [...words: string]
@complete __countdown_complete
extern release-countdown [...words: string]
