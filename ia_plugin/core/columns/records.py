"""What is kept about the data itself: notes, sources, rejected rows, runs."""

from .declaration import table

NOTES = table(
    "notes",
    "what people know of the data",
    "from:time first moment it concerns",
    "to:time? last moment it concerns",
    "area_id:str? area it concerns",
    "unit:str? unit it concerns",
    "source:str? source system it concerns",
    "text:str what is known: a system change, an outage, an operation",
    "author:str who wrote it",
    "kind:str? system change, outage, operation, …: all of it that a board and the public see",
    "note_id:str? its own id",
    "recorded_at:time? when it was written down",
    "supersedes:str? id of the note that it stands in the place of",
)
NOTE_KINDS = ("system change", "outage", "operation", "change of policy", "public event", "fault in the data", "other")
WITHDRAWN = "withdrawn"
"""Kind of a note that only takes another back."""

FIGURES = table(
    "figures",
    "one figure as it was copied",
    "number:str its number",
    "code:str its code, which holds the filter",
    "filter:str the filter, JSON",
    "comparison:str the earlier period beside it: before, year or none",
    "as_of:time? last moment of the data",
    "registered_at:time when it was copied",
    "version:str version of the plugin",
    "store:str? id of the store it was of",
    "areas:str? mark of the areas it was of: their shapes and roles",
    "figures:str each measure: value, ends of its likely range, why it is not known; JSON",
)

FLAGS = table(
    "flags",
    "one word on a figure that is doubted: the doubt, or an answer to it",
    "flag_id:str its own id",
    "figure:str number of the figure",
    "code:str? code of the figure, which holds the filter",
    "text:str what is doubted, and why",
    "raised_at:time when it was raised",
    "recorded_at:time when this row was written down",
    "status:str open, fault or no fault",
    "owner:str? role that looks into it",
    "reply:str? what was found",
    "supersedes:str? id of the row that it stands in the place of",
)
FLAG_STATES = ("open", "fault", "no fault")

SOURCES = table(
    "sources",
    "one file imported",
    "hash:str SHA-256 of its content",
    "name:str name of the file",
    "kind:str affiliations, postings, duties, radios or events",
    "imported_at:time when it was imported",
    "rows_read:int rows of the file",
    "rows_kept:int rows kept",
    "dropped:str rows dropped by reason, JSON",
)

REJECTS = table(
    "rejects",
    "one row of an extract that could not be used",
    "file:str name of the file",
    "row:int line of the row in it",
    "reason:str why it was not used",
    "remedy:str what to do about it",
)

GOVERNANCE = table(
    "governance",
    "one governance card as the force declared it; the last one counts, those before stay",
    "recorded_at:time when it was entered, UTC",
    "owner:str office that answers for the data",
    "contact:str office or shared mailbox to ask",
    "impact_assessment:str? reference of the impact assessment",
    "purposes:str? what the data may be used for",
    "retention:str? how long they are kept",
    "who_may_open:str? which groups may open them",
    "approved_by:str? office or board that approved it",
    "review_date:str? when it is to be looked at again, YYYY-MM-DD",
)

CHECKS = table(
    "checks",
    "one row of a sheet of the manual check as drawn, or one result typed back; of results the last counts",
    "sheet:int number of the sheet",
    "check_id:str number of the sheet and of the row in it",
    "drawn_at:time when the sheet was drawn, UTC",
    "part:str visits, events, source rows or rejected rows",
    "result:str? agree, differs or cannot tell; empty as drawn",
    "typed_at:time? when the result was typed back, UTC",
)

QUALITY = table(
    "quality",
    "one finding on the quality of the data, of the last look",
    "found_at:time when it was looked, UTC",
    "theme:str what it is about",
    "finding:str its name",
    "severity:str attention where it asks for a decision, information",
    "subject:str what it is of, all or a unit",
    "value:float its number",
    "unit_of_value:str unit of the number",
    "sentence:str it in words",
    "consequence:str what it means for time in areas",
    "done:str what was done about it",
)

ABOUT = table("about", "one fact of a summary", "name:str name of the fact", "value:str what it is")

RUNS = table(
    "runs",
    "one run, look-up or export",
    "at:time when it began",
    "who:str user name of the person or the scheduler",
    "what:str the algorithm, look-up or export",
    "version:str version of the plugin",
    "parameters:str parameters, JSON; never the key",
    "inputs:str hash of each input, JSON",
    "rows_read:int? rows read",
    "rows_used:int? rows used",
    "dropped:str? rows dropped by reason, JSON",
    "purpose:str? purpose, where movement of single officers was shown",
    "audience:str? restricted, board or public",
    "outcome:str done, or what stopped it",
    "seconds:float how long it took",
)
