"""What a column of an extract can be: the names it goes by, for each kind of extract (standard library only)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """One thing a column can say: our name for it, the names it goes by (plain), and its help."""

    name: str
    known: tuple[str, ...]
    help: str
    parts: bool = True

    @property
    def within(self) -> tuple[str, ...]:
        """Names by which a column is found that has one as a part of its own ("crime status text")."""
        return tuple(k for k in self.known[:6] if len(k) > 4) if self.parts else ()


def _role(name: str, known: str, help: str, *, parts: bool = True) -> Role:
    return Role(name, (name.replace("_", ""), *known.split()), help, parts)


def _flags(words: str) -> str:
    """Names of columns that say by yes and no whether a record is one of `words`: "deleted" as is_deleted, DeletedFlag, ..."""
    before = (
        "",
        "is",
        "was",
        "hasbeen",
        "flag",
        "record",
        "recordis",
        "isrecord",
        "crime",
        "incident",
        "log",
        "call",
        "case",
        "event",
    )
    behind = (
        "",
        "flag",
        "yn",
        "ind",
        "indicator",
        "marker",
        "status",
        "record",
        "at",
        "on",
        "date",
        "datetime",
        "time",
    )
    return " ".join(f"{b}{word}{a}" for word in words.split() for b in before for a in behind)


_STATUS = (
    "crimestatus recordstatus incidentstatus statuscode statusdescription state currentstatus statusdesc statustext statuslabel statustype statusname statusvalue "
    "eventstatus logstatus callstatus casestatus jobstatus offencestatus occurrencestatus finalstatus latestatus lateststatus recstatus stat recordstate crimestate "
    "incidentstate currentstate workflowstatus workflowstate lifecycle lifecyclestatus recordlifecycle "
    "statut etat état statutdudossier estado estadoregistro situacion situación situacao situação stato statodelrecord zustand staat stand toestand tilstand "
    "estatus stan stare statws cyflwr"
)
_WITHDRAWN = (
    "withdrawn cancelled canceled deleted void voided annulled nullified expunged nocrime nocrimed duplicate duplicated"
)
_WITHDRAWN_ELSEWHERE = (
    "annulé annule annulée annulee estannulé supprimé supprime supprimée storniert geloescht gelöscht istgelöscht annullato annullata cancellato cancellata eliminato "
    "eliminata cancelado cancelada anulado anulada eliminado eliminada borrado borrada geannuleerd verwijderd canslwyd dilëwyd anulowano usunięto"
)


OFFICER = _role(
    "officer_id",
    "collarno collarnumber collar officer officerid officerno officernumber shoulderno shouldernumber warrantno pid "
    "warrantnumber epaulette employeeid employeeno staffid userid useralias useridentifier personnelno resourceid callsignofficer "
    "officercollar collarid badge badgeno badgenumber oid operator operatorid bodynumber fin "
    "user userno usernumber usercode usr officerref officerreference officercode employee employeenumber staffno staffnumber member memberid wearer loginid",
    "Collar number or other reference of the officer; it becomes a pseudonym.",
)
_PLACES = (
    _role("lat", "latitude latdd gpslat gpslatitude ylat wgs84lat latitudewgs84 locationlatitude latdec latdecimal decimallatitude pointlat", "Latitude, degrees WGS 84."),
    _role("lon", "longitude long lng londd gpslon gpslong gpslongitude xlon wgs84lon longitudewgs84 locationlongitude londec longdec decimallongitude pointlon", "Longitude, degrees WGS 84."),
    _role("easting", "east eastings x xcoord xcoordinate gridx bngx osx osgbx geox locationx easting27700 gridrefeasting pointx coordx gpseasting xpos posx e", "Easting, metres."),
    _role("northing", "north northings y ycoord ycoordinate gridy bngy osy osgby geoy locationy northing27700 gridrefnorthing pointy coordy gpsnorthing ypos posy n", "Northing, metres."),
    _role("grid_ref", "gridref gridreference osgridref osgr osgridreference osref ngr nationalgridreference bng", "OS grid reference (SP 0660 8680)."),
    _role("wkt", "geom geometry thegeom wktgeom point shape location wktgeometry geomwkt pointwkt position", "Position as WKT (POINT (x y))."),
    _role("tetra_lat", "latitudecode liplatitude rawlatitude latraw latitude24", "Latitude of a TETRA short report, 24 bits."),
    _role("tetra_lon", "longitudecode liplongitude rawlongitude lonraw longitude25", "Longitude of a TETRA short report, 25 bits."),
)  # fmt: skip
ZONE = _role("time_zone", "", "Zone of the times that have no offset of their own (+01:00, 60, Europe/London).")
END_ZONE = _role("end_zone", "", "Zone of the ends, where it has a column of its own.")
_UNIT = _role("unit", "unitname team teamname station bcu lpu npu neighbourhoodteam orgunit division homeunit postingunit policingarea", "Unit of the officer.")  # fmt: skip
_RESOURCE = _role("resource_type", "resource resourcekind resourcetypename resourcegroup function functiongroup officertype stafftype", "Kind of resource.")  # fmt: skip

AFFILIATIONS: tuple[Role, ...] = (
    OFFICER,
    _role(
        "time",
        "datetime timestamp fixtime gpstime gpsdatetime positiontime reporttime eventtime dateandtime datetimeutc timeutc utctime "
        "affiliationtime affiliationdatetime locationtime messagetime receivedtime eventdatetime reportdatetime updatetime lastupdate "
        "fixdatetime tstamp ts epoch epochtime unixtime recordedat reportedat logtime locationdatetime datetimelocal localtime timelocal startdatetime "
        "t when stamp dt utc gmt moment observedat obstime seenat capturedat createdat sentat receivedat positiondatetime logdatetime loggedat fixedat",
        "Date and time of the report.",
    ),
    _role("date", "fixdate reportdate day eventdate gpsdate positiondate datelocal dateutc", "Date, where the time of day has a column of its own."),
    ZONE,
    _role("time_of_day", "clock clocktime hourmin timeofday hhmmss tod clocklocal", "Time of day, where the date has a column of its own."),
    *_PLACES,
    _role("accuracy_m", "accuracy accuracymetres accuracymeters hdopm positionerror error errorm gpsaccuracy precision precisionm radius uncertainty horizontalaccuracy uncertaintym accuracyradius", "Radius of the position error, metres."),
    _role("accuracy_class", "positionaccuracy accuracycode positionerrorcode perror poserror accuracyband positionerrorclass", "Class of accuracy (TETRA: 0–7, or its words)."),
    _role("speed_kmh", "speed kmh kph speedkph velocity horizontalvelocity gpsspeed groundspeed speedkmph", "Speed; its unit is asked."),
    _role("speed_mph", "mph", "Speed, mph."),
    _role("speed_ms", "speedmps mps metrespersecond", "Speed, m/s."),
    _role("speed_code", "velocitycode rawvelocity horizontalvelocitycode speedraw", "Speed code K of a TETRA short report, 0–127."),
    _role("heading_deg", "heading bearing course direction directionoftravel azimuth headingdegrees", "Heading, degrees from north."),
    _role("heading_code", "directioncode rawheading headingraw directionoftravelcode", "Heading of a TETRA short report, 0–15."),
    _role("reason", "reasonforsending reportreason trigger triggertype sendreason eventtype messagetype reporttype reasoncode", "Why the radio reported."),
    _role("source", "sourcesystem systemname sourcename datasource feed origin originsystem", "System the report came from, where an extract joins several.", parts=False),
    _role("radio_id", "issi radio radiono radioid terminal terminalid ssi deviceid imei tei radioissi mobileid handsetid handset", "Number of the radio; it becomes a pseudonym."),
    _role("radio_kind", "radiotype terminaltype devicetype handsettype radioclass settype", "Personal, vehicle or other."),
    _role("record_id", "recordid recordno messageid msgid reportid fixid positionid locationid affiliationid uniqueid sourceid rowid guid uuid", "The source's own id of the report, by which it is found again there."),
    _UNIT,
    _RESOURCE,
)  # fmt: skip

POSTINGS: tuple[Role, ...] = (
    OFFICER,
    _UNIT,
    _role("department", "dept departmentname directorate command portfolio", "Department."),
    _role("role", "rolename jobtitle job post posttitle rolecode dutyrole position", "Role of the officer."),
    _RESOURCE,
    _role("valid_from", "from fromdate startdate postingstart postedfrom effectivefrom datefrom validfromdate start begin dateposted", "First day or moment of the posting."),
    ZONE,
    _role("valid_to", "to todate enddate postingend postedto effectiveto dateto validtodate end until leavingdate", "Last day or moment of the posting; empty while it lasts."),
)  # fmt: skip

DUTIES: tuple[Role, ...] = (
    OFFICER,
    _role("start", "dutystart shiftstart starttime startdatetime bookon bookedon onduty tourstart from planstart actualstart dutyfrom", "Start of the turn of duty."),
    _role("end", "dutyend shiftend endtime enddatetime bookoff bookedoff offduty tourend to finish planend actualend dutyto", "End of the turn of duty."),
    ZONE,
    _role("start_time", "", "Time of day of the start, where the date has a column of its own."),
    END_ZONE,
    _role("end_time", "", "Time of day of the end, where the date has a column of its own."),
)  # fmt: skip

RADIOS: tuple[Role, ...] = (
    _role("radio_id", "issi radio radiono radioid terminal terminalid ssi deviceid imei tei radioissi handset", "Number of the radio."),
    _role("radio_kind", "kind type class radiotype terminaltype devicetype handsettype radioclass settype", "Personal, vehicle or other."),
)  # fmt: skip

EVENTS: tuple[Role, ...] = (
    _role(
        "event_id",
        "crimeno crimenumber crimeref crimereference crimeid incidentno incidentnumber incidentref incidentid logno lognumber urn ref reference "
        "id recordid stopid searchid searchref stopref occurrenceno occurrencenumber occurrenceid casenumber caseno eventno uniqueid oisref cadref cadno",
        "Reference of the record.",
    ),
    _role("category", "crimetype offence offencetype offencedescription offencegroup hoclass homeofficedescription homeofficeclass incidenttype crimecategory "
          "objectofsearch searchobject type class crimeclass offenceclass incidentclass incidentcategory eventclass nature natureofincident natureofcall typedescription classification closingcode closingcodedescription closingclass closingtype finalcode finalclass finaltype finalincidenttype finalcategory openingcode openingcodedescription openingclass openingtype initialcode initialclass initialtype initialincidenttype initialcategory calltype eventtype description1 searchreason stopreason subtype", "What it was, in the source's words."),
    _role("start", "from startdate startdatetime starttime committedfrom committedstart dateffrom fromdate fromdatetime datefrom offencestart occurredfrom earliest "
          "committedfromdate committedondate datetime datetimeofstop incidentdate incidentdatetime timestamp stopdatetime searchdatetime searchdate stopdate "
          "callreceived created createddatetime logged eventdatetime occurreddate offencedate date time incidentstart loggedat datecommitted firstcommitted "
          "t when utc gmt occurred occurredat occurredon dateoccurred eventtime eventstart calltime callcreated callreceivedat month", "Earliest moment it may have happened."),
    _role("end", "to enddate enddatetime endtime committedto committedend todate todatetime dateto offenceend occurredto latest committedtodate lastcommitted", "Latest moment; empty where it has but one."),
    ZONE,
    _role("start_time", "fromtime timefrom committedfromtime offencestarttime timeofday incidenttime stoptime searchtime", "Time of day, where the date has a column of its own."),
    END_ZONE,
    _role("end_time", "totime timeto committedtotime offenceendtime", "Time of day of the end."),
    _role("recorded_at", "recorded recordeddate daterecorded recordeddatetime reported reporteddate datereported crimerecordeddate reportdate", "When it was recorded."),
    _role("updated_at", "lastupdated lastupdate lastupdatedat lastupdateddate lastupdateddatetime lastupdatedon lastupdatedtime updated updateddate updatedon updatetime dateupdated datelastupdated "
          "lastmodified lastmodifieddate lastmodifiedat lastmodifiedon modified modifieddate modifiedat modifiedon datemodified lastchanged lastamended amended amendeddate lastedited editdate versiondate", "When the source last changed it: of several tellings the newest counts."),
    _role("revision", "version versionno versionnumber versionnum recordversion revisionno revisionnumber revisionnum rev ver amendmentno updateno updatenumber editnumber", "Number of the telling: where no date says it, of several tellings of a record the highest counts.", parts=False),
    _role("status", _STATUS, "Status; withdrawn, cancelled and no-crime records leave the counts."),
    _role("withdrawn", f"{_flags(_WITHDRAWN)} {_WITHDRAWN_ELSEWHERE}", "Flag by which a record was cancelled, deleted or made void (yes, 1, x, or when it was).", parts=False),
    _role("outcome", "result outcometype disposal disposalmethod outcomedescription lastoutcomecategory stopoutcome searchoutcome", "Outcome."),
    _role("object_found", "itemfound found outcomelinkedtoobjectofsearch outcomelinked objectfound positive positivesearch itemsfound linked", "For a search, whether its object was found."),
    _role("kind", "recordtype eventkind recordkind", "Crime, incident or stop and search, where one extract has several."),
    _role("officer_ids", "officerid officer collarno collarnumber collar officers attendingofficer attendingofficers officerincase oic searchingofficer "
          "stoppingofficer resource resources attendedby dealingofficer officercollar officernumber shouldernumber shoulderno officerref oiccollar", "Officers who attended; each becomes a pseudonym."),
    _role("generated_by", "generatedby proactive source reportedby origin callsource howreported", "Who caused the record."),
    *_PLACES,
)  # fmt: skip

KINDS: dict[str, tuple[Role, ...]] = {
    "affiliations": AFFILIATIONS,
    "postings": POSTINGS,
    "duties": DUTIES,
    "radios": RADIOS,
    "events": EVENTS,
}

# The ways to say a place, each with the columns it takes; of several that a row fills, the first counts.
PLACES: tuple[tuple[str, ...], ...] = (
    ("easting", "northing"),
    ("lat", "lon"),
    ("wkt",),
    ("grid_ref",),
    ("tetra_lat", "tetra_lon"),
)

# What each kind cannot do without: one of the alternatives of each tuple.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "affiliations": (
        ("officer_id",),
        ("time", "date"),
        tuple(ways[0] for ways in PLACES),
    ),
    "postings": (("officer_id",), ("unit", "department", "role", "resource_type")),
    "duties": (("officer_id",), ("start",), ("end",)),
    "radios": (("radio_id",), ("radio_kind",)),
    "events": (("start",), ("category", "kind")),
}

# Fields about members of the public and free text: never offered, never kept, no switch (METHODS.md, section 6).
_PRIVATE = (
    "name forename surname firstname lastname fullname phone telephone mobile email address postcode dob dateofbirth birth age agerange gender sex "
    "ethnicity selfdefinedethnicity officerdefinedethnicity nationality religion disability sexuality vulnerability suspect victim witness complainant "
    "caller informant notes note narrative comments comment remarks freetext text summary description details mo modusoperandi log body message grounds "
    "vehiclereg vrm numberplate registration nino"
).split()  # fmt: skip
_PRIVATE_WITHIN = (
    "surname forename firstname lastname fullname phone telephone mobileno email postcode dateofbirth ethnic gender victim suspect witness complainant "
    "caller informant narrative freetext comment remark modusoperandi numberplate nickname knownas"
).split()  # fmt: skip
_NAMES_ALLOWED = ("unitname", "teamname", "departmentname", "rolename", "resourcetypename", "areaname", "stationname")


def is_private(name: str) -> bool:
    """Whether a column (plain name) is about a person or free text, so that it is never offered nor kept."""
    if name in _NAMES_ALLOWED:
        return False
    if name in _PRIVATE or any(word in name for word in _PRIVATE_WITHIN):
        return True
    return name.endswith("name") and name not in _NAMES_ALLOWED
