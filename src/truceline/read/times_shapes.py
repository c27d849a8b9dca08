"""Shapes that several rules share: a day, an hour, a month with its year; `times_grammar.py` says how to write one."""

MOD = "(?:mod=<early|mid|late|earlier>-?<the>?)?"
YEAR_END = "(?:,?<of>? year{0}=<year|short_year>|<of>?year_dir{0}=<last|this|next><u_year>|<after_dir>)?"
# One month by two names: '5 أيار/مايو', '5 مايو (أيار)'.
MONTH = "(?:month{0}=<month>(?:<slash><month>|<paren><month><paren>)?)"
DAY = f"""(?:
    (?:<weekday>,?)? (?:<the>?day1=<oday|day>) <of>? {MONTH.format(1)} {YEAR_END.format(1)}
  | (?:<weekday>,?<on>?)? {MONTH.format(2)} <the>? day2=<day|oday> {YEAR_END.format(2)}
  | weekday3=<weekday> <of>? week_dir=<last|this|next> <u_week>
  | (?:<the>?<last|this|next>{{1,2}})? weekday4=<weekday> <after_dir>?
  | dayword4=<dayword>
  | iso5=<iso>
  | numeric6=<numeric>
  | <the>? <last|this|next|that> <u_day>
)"""
SPOKEN = "(?:half8=<half>|<a>?quarter8=<u_quarter>|minutes8=<numword>) <u_minute>? (?:past8=<past>|before8=<to>)"
CLOCK = (
    f"(?:{SPOKEN} spoken8=<hour|numword> | <hour_word>? clock8=<clock|hour|hhmm|clockword|numword>)"
    " (?:oclock8=<oclock>|hours8=<hours_word>)? ampm8=<ampm>? <sharp>? zone8=<zone|zone_name>? local8=<local>? <sharp>?"
)
