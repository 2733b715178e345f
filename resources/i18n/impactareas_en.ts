<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AreaChoice</name>
    <message>
        <source>All Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An area of your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw an area on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no areas in the data yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the selected polygons of the active layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom the map to these areas</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChartsPage</name>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chart of restricted cells is not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area by area, on two maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By department</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By resource type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts need matplotlib 3.5 or later, which QGIS's Python does not have. Everything else is there without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison &amp;areas instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes and incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out officers' time that is linked to incidents, stops and searches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures are saved as .png, .svg or .pdf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sa&amp;ve picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops and searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be saved: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same of the comparison areas, which were not chosen at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is compared with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without &amp;linked time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a&amp;gainst</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>Opens its editor below, and closes it again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoicePopup</name>
    <message>
        <source>Click or Space: add or take out. Enter: this one only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source> Without {area} it would read "{word}".</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and {n:,} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(nobody has held a whole sheet of its figures against them)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, and {n:,} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, data as of {as_of}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, no data of {steps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, not known of {areas}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>15 minutes, or than 2.5 times the usual interval of its source where that is longer,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % are recorded {within}, by the refresh that first had them, {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % are recorded {within}, {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; comparison areas {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; in the earlier period {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A check begins with the number that the source system has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A count is below zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A count is zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A covariate is named twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A day of the schedule is no day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A description, not an effect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of parameters holds a few lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of the page would end its own {element}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A flag is closed with a reply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number reads IA-1A2B-3C4D and stands under every figure; copied answers and tables have the code too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A password stands in the connection to the shared store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A program on a computer cannot keep out someone who holds the files: the permissions of the folder do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A shared store has no layers of all movement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A shared store is brought up to date by who keeps it, each night.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A shift has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A silence longer than {gap} is “not observed”: neither presence nor absence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stratum lies in two areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A visit counts in the hour it begins in, with all its length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A visit is an unbroken stay of at least {stay}; an absence of {absence} or less does not end it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A weight is below 0, or no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About these data: {store}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add up the counts of an area and period first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All crime: only what was recorded, as it stands in the records now; more officers also record more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All events tell the day or the month only, so that none can be counted in an operational day, which begins at 06:00.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All values are the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow a larger distance (caliper), or take fewer covariates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An area has no stratum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An association, not an effect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An office, or its shared mailbox such as analysis.team@force.police.uk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>April</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas one by one: median {figure}, comparison areas {other}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD: when the card is to be looked at again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the force declares it. The program shows this card and enforces none of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for 999.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a shorter period, or read extracts of the same days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a shorter period, such as the week or the day, or read more extracts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for access to the restricted folder, or {without}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for access to the restricted folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for longer visits, a longer time or smaller areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for permission to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for permission to write there; reading works as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for shorter visits, more areas or a longer time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the period 'month' and for one of them, or use the restricted tables.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the API again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask who keeps the store for access to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask who keeps the store to make it, or choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask who keeps the store, or leave a file in its drop folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked of whole months: not compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>August</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta: not yet checked against source systems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta: {agree:,} of {of:,} check agrees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta: {agree:,} of {of:,} checks agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it to PostgreSQL 15 or newer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buffers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the legs again from the fixes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the legs from cleaned fixes (clean_fixes, build_legs).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the hour, figures end on {day}: with later days the ranges of how officers moved in several areas together may be wider than in QGIS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the hour, figures end on {day}; of later days whole days are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the hour, figures end on {day}; of this period its whole weeks are shown, to {last}, so that the period before has the same weekdays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By unit it is told once a month is closed: all its days are computed, and data reach three days beyond it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By unit or resource type this summary tells whole closed months, one of the two at a time, without activities.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By unit, department, role and resource type officer time is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot compare: data on {n} of {days}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot compare: only {observed} of officers' time observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot tell whether {chosen} had more or fewer officer hours per km² than {comparison}: {ends}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells by unit are kept of the areas of the store, not of an area of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts are {charts}; this one shows {among}, against {against}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is a street or a stop-and-search file of data.police.uk, or import it by a mapping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the folder and the pattern.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked against the source systems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a column of numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a field whose values are unique.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of the force's own storage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder you may write to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a new folder, or a database that was just prepared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a polygon layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an id field without empty values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another, or fill it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose board; for the public run Answers with AUDIENCE=public, which tells whole calendar months, rounded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose board; the dashboard in QGIS tells small groups for a purpose, which is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the areas of the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one or more of 0 to 6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the column that holds the references, or export them as text, one in each cell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder of the store; Daily refresh makes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the mapping of this kind of extract.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what the areas should be alike in, such as deprivation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose {which} in the filter, or draw an area that {way}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean them first (clean_fixes counts each by reason).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it there and run it again, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it there, or ask for permission to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare once its days are over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the one that is there, or draw for other days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas one by one: median {figure}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas were not chosen at random: they were scored but not adopted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas: median (range)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison, per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute presence with the period 'hour'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute visits anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts are whole numbers of things, and nothing below 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts before and after do not belong to the same areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cover: hours with at least one officer there; of several areas they are added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes and incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes and incidents count by their recorded place and are shared over the hours in which they may have happened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes · incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut by a note: {note} ({day}), in {periods}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut them so that they only touch, or join those that are one place (Dissolve).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Daily refresh is not among the algorithms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data to {moment}; refreshed {refreshed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dec</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>December</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Department</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Displacement needs both: name the field of roles (ROLE_FIELD), or give COMPARISON_AREAS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a larger area, or choose the area of the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a larger area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a smaller area, or check the reference system of the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a wider area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw another area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw at least three corners.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw it larger, or join it with an area beside; a police station, custody or hospital has the role site. {remedy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw them larger, or join them with an area beside; a police station, custody or hospital has the role site. {remedy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw these areas so that they share more ground or none, or make them one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier: {heading}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entered on {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events have no unit, department, role, resource type or mode: they are not filtered by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events of uncertain time are shared over hours: counts may have decimals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every area is a stratum of its own: nothing can be exchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as CSV (a spreadsheet: save as CSV UTF-8).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as CSV, or in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it with one value in each cell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the column as whole numbers (in a spreadsheet: format its cells as a number without decimals), or as 2024-06-01T12:00:00Z.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the column with the month second (2024-06-30), or as 30/06/2024.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extracts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>February</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer than five officers: not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {number} is in no register here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures include any police stations in the areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Five areas are the least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For this choice it is not told in that month either: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found on {day}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fri</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a CSV in UTF-8 with a column words, a value in each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a file, or a pattern such as folder/*.csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a first day that begins later than now, at 06:00.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a first hour from 0 to 23 and another one, 1 to 24, that it ends before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a layer of lines in metres.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number between 0 and 1, such as 0.05.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number between 0 and 1, such as 0.95.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number from 0 on in each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a plain number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a plain value, or a list of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a row for each area, and one for each of its rings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give all rows as they were drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give an IANA name such as Europe/London.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give another folder for the summary of the cluster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give both days, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give both for each area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give both of the same days, or ask for a shorter period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give counts from 0 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give days as YYYY-MM-DD, as they were drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give different numbers above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each a name of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each area an id of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each area one id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each area one, or leave areas without a pair out of the fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each once: two tables were joined, or one was read twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each place once: add them up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each row both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each shift a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each stratum to one area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give events of the days of officers' time, or other areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give events with the time of day, or ask for the panel by day or month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give events with the time of day, or ask for the panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give events with times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give first_day and last_day, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give incidents and crimes of the same days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name to find it by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it the ending .ods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it the ending .xlsx.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give its first and last day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give larger strata.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give metres as a number, such as 250; 0 or nothing for the area itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give more areas with that role, or covariates that are known of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give numbers above 0, each larger than the one before, such as 30, 60, 240.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give numbers of 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give numbers, one for each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one for each area and period that was observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one for each of the fit's areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one label for each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one regressor at the least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one schedule alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one value for each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one value of each for every row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one weight for each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give plain values, or lists of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give positions of the days of the events, or other areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give positions of the days of the events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give prior_from and prior_to, or leave these covariates out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give scored_from and scored_to, the days of the data that scored the areas, or leave these covariates out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the activity whose name ends with how it is linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the answer of crimes-street or stops-street.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the areas as they were when the schedule was drawn, with the same ids; their names may have changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the code of a projected system, such as 27700.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the counts before and after.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the counts without totals or shares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the earlier day first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file one of these endings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the inspector's page another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the layer of areas with their role, or a second layer of comparison areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the layer of areas, with their role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the lengths of both periods and the sizes of the four areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the lengths of both periods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the lower limit first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the name of a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the office, its shared mailbox or the role instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the path of a JSON file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the reason without it: the record names nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the role: Data quality lead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the table that Trial wrote when it was drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the weights that Match areas wrote of these areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the weights that Match areas wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give them in the order of x.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give true or false in the column drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give two areas at the least; ten and more are better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give two windows that do not overlap, the earlier one as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give whole hours from 0 to 23, such as 7, 15, 23.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give whole numbers from 0 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Governance card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey: the earlier period, from {day}, on the same weekdays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of fewer than five officers are shown together as “other”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hatched: days without data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hatched: no data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hatched: not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hatched: weeks without data of all their days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here is only the summary of the store: it is changed where {file} lies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here, areas: median (range)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here, per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours after midnight stand with the evening that they follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours with any officer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How any one officer performs: references are no performance data, and nobody is ranked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long single movements are kept, such as: 90 days; summaries: 7 years.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much was observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How new they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How they moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Areas have a full outline, comparison areas a dashed one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact assessment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import into it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import it by a mapping that names its columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the order of the alphabet: {bars}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In what anyone may read, units, departments, roles and types of resource of fewer than five officers are merged or withheld; totals of areas and counts of events stand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {month} {n} % of the time between officers' first and last reports of a turn was observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incidents are linked as incident_…, searches (stop_search) as search_…; crimes are not linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install jinja2 into QGIS's Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install matplotlib into QGIS's Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install pyarrow, or export the data as CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install scipy into QGIS's Python, or take the method 'nearest' or 'entropy'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the newer version of the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the plugin anew; migrations are never edited.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be read ({why}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {n:,} bytes, and a flag has at most {most:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is cut off, or no file of a flag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is for the board and those who work for it, not for the public.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no file of a flag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no plain file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It lacks its id, or a part of it is no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names no figure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs {"kind": …, "columns": {role: column}}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was computed by version {older}, and is now by {version}: the method may differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was made by a newer version (form {form}; this one reads {own}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its reference, such as: DPIA 2024/17.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its writer, or who keeps the store, can let it be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>January</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jul</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>July</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>June</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep one of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep one row for each number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label more shifts (the test sheet for volunteers shows how).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last checked on {day}; parts are drawn in equal numbers, so the whole is no share of all rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last refresh {moment}: did not go well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last refresh {moment}: went well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it empty, or give some of the days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it empty, or give some of the hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out events of hours that were not observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out the rows of hours that were not observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out the rows of periods that were not observed; an exposure of 0 has no logarithm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the pages in a folder of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave them out (filter the layer), or use events with a time to the hour or finer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out of {extract}: {reasons}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of visit, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lengths of visits are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a superuser run CREATE EXTENSION postgis in it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let both windows begin on the first and end on the last day of a month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let its administrator run Prepare a shared store (preparestore).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the machine's account that loads the store do it, or ask who keeps the database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely ranges (90 %) are {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it again, or restore it from a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it, or choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room, then run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the output from the store's summary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map them as easting and northing: COLUMNS=easting=…; northing=…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maps are of {scales}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>March</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of the hours of areas with any officer in them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mismatch not given: under {n} events it would be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mismatch not given: under {n} events or {hours} officer hours it would be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mismatch {share}: share of {what} at other hours than recorded demand; {caveat}. Were both spread alike over the week, chance in the counts alone would give about {chance}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name areas by their names or ids with semicolons between, or write all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name each once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name others, or check who caused the records.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the columns as in the data dictionary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the role in {n}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No area is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No collar number was given, or it is too long for one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No collar number was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No covariate was named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file was named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder of extracts is known: run Daily refresh once, with its watched folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No governance card was entered: nobody has declared who answers for these data, for what they may be used, or how long they are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No place known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No purpose was chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No refresh of this store is on record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No time after a visit is left: areas were visited all the time, or once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No time of officers is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has held figures of this store against the source systems yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not compared by area: under {least} {what} or {n} {demand} it would be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is shown: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to show: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found on {day} that asks for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was lost where it was: go on with that store, and tell the plugin's authors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written. Such columns stay in the restricted file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>November</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>October</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of all observed officer time of the force under the same filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the last seven days it has totals of whole days alone; by unit, department, role and resource type it has closed months, and how officers moved where there were five or more of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the searches whose result is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the {searches} with a result that are counted here the object was found in {share}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of what the extracts have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of what this plugin says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time adds the time of all officers; cover is time with at least one of them there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time by department</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time by resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time by role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time by unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time by what it is linked to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time is not filtered by events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer-hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officers there, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officers' time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On foot, in a vehicle, stopped or “cannot tell” comes from {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {share} observed: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an officer-day behind a figure: from then on ia_journeys has its fixes and legs as layers for an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it with that version, or type the figure's number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it with the version it was made by, or a newer one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder that Daily refresh keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the store that it was copied from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimal pairs need scipy, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Owner of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PROJ's database (proj.db) is not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the copied answer or table: its code holds the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permitted purposes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Police sites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare the new one with the time zone and the reference system of the old one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put both files back from one backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put semicolons between several names or ids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file itself there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality findings to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes inside cells must be doubled; export it again, or with another delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Radios report a place now and then; two reports of one officer that follow each other make a leg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranges are likely ranges (90 %) from the gaps between reports; comparison areas stand beside, the same statistic on both sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read extracts of positions and run Daily refresh, or give INPUT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read extracts, run Daily refresh, or give other layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read it as it is; import into another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the column with its time zone, so that each time is a moment in UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording delay not known: the last days may still fill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair the layer (Fix geometries), or choose to repair or skip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated looks at one officer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reproject the areas to the legs' reference system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reproject the layer to metres, for Great Britain EPSG:27700.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rest of the force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restricted cells are shown for a stated purpose only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restricted: for {purpose}, not to be passed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh once, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh once, which brings it to today's form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh with areas, then open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh with extracts of one day at the least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Daily refresh, then open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample check, among the algorithms, draws a sheet to hold against the source systems, and takes its results back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it again from the import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save them as CSV, UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say in a sentence what was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say it in {n}, and name nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say it in {n}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say it without: roles, places and times are enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what it is about in a sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search: object found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searches where the object was found: {share}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>September</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set IMPACTAREAS_KEY_FILE to the force's key file, or choose the key in QGIS's authentication store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the environment variable PROJ_DATA to the folder it is in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the filter anew and save it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sexual and domestic offences are counted here, but in no change and no chart of days or hours: they are told by the week alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sexual and domestic offences are counted in whole closed weeks alone, not in this period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sexual and domestic offences are counted in whole closed weeks alone, not in this period: {records} in the weeks it touches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of officer time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shares are of officer time under the same filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet {number}, drawn on {day}, counts once it is whole: {n:,} of its {rows:,} results still to be typed back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet {number}: {rows} had another result at first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown are {n} of the {whole} of the figures: the rest lies in hours, days or weeks that are not whole or tell no more than their day or month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since then areas were redrawn, added, left out or given another role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since then came in, of these days and the whole force: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some areas overlap: shared ground counts in each area's own row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some areas overlap: time and events on shared ground count in each of the areas chosen, so together they hold it twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some areas overlap: time and events on shared ground count once in the figures of all Impact Areas; cover and visits are added over areas, and so are the km² that they are divided by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some areas overlap: what lies on shared ground counts in each of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some counts are below 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some officer seconds are below 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some rows name no stratum or no area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some values are no numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State what they are needed for; it is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops and searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Such a regressor cannot be told from the areas' own level or from the season: take one that changes at different times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap the two days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the plugin's Processing provider on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a longer period: a quotient needs counts above zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a longer period: a ratio of ratios needs counts above zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a longer time, fewer regressors, or a commoner type of event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a longer time, other strata, or an exposure that varies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a longer time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take areas that differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take crime from another time, or leave these covariates out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it off the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out: keep it in QGIS's authentication store, in a service file or in .pgpass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take its password away, save it again, or save the sheet as CSV UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take longer periods, more areas, or a commoner type of event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take more areas, a longer time, or a commoner type of event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take more areas, a longer time, shorter periods, or a commoner type of event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the newest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That areas are alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That nobody was there: time that was not observed may have been spent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That presence had an effect on crime, or had none: what goes together need not come one from the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Poisson fit stands without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Poisson fit, whose interval allows for more variation, stands without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The SQL of {name!r} is another than what ran in this database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The area has {ground}, but no block of {side} × {side} ({least}) has its centre in it: a single street is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The area has {ground}; less than {least} are not shown, so that no home is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The area has {ground}; with an area of the store its blocks would tell of less than {least}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The area is no polygon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The area of the note is not in the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks are of another grid than the smallest ground of the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks of the area cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code filters by {names}, which this version of Impact Area does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code holds no filter that this version can read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code was changed on its way: its checksum does not fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code was made by a newer version of Impact Area (form {form}; this one reads {own}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The columns have different lengths.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The counts are separated by what they are held against, or two regressors say the same: no rate ratio is too extreme for them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The counts are separated: where x is high (or low) there are no events at all, and no rate ratio is too extreme for them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data are old: officers' time ends {age} ago, whenever the store was refreshed. Ask whoever sends the extracts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data hold no whole day yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data were refreshed on {day}; why the figure changed is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database has no PostGIS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The days of the trial were not given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The earlier period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The error variances are not one number of 0 or more for each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure cannot be opened on these data: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures of this area are not computed yet: in a shared store the machine's account that loads it does that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files in {folder!r}, or their folder, are protected against writing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first row of the table must name its columns; check the delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hours {hour_from} to {hour_to} are no part of a day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inspector's page is not made for a restricted audience: it is a file that is passed on, and nobody is asked for a purpose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inspector's page is not made for the public: the sums of its many filters would tell what was rounded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is weak (it can be guessed: words, rows or repeats).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is weak (nothing but digits).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The likely range of a mode counts in its part of what cannot be told, and comes from how differently people move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method in ten lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name {name!r} is too long for this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The negative binomial finds no maximum in these counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The negative binomial needs statsmodels, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note begins on {first} and ends before, on {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note ends before it begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The office or board that approved this, with the day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The office that answers for them, such as: Head of Intelligence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page needs Jinja2, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page needs matplotlib, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The period begins on {first} and ends before, on {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The period is open, so there is none before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The period is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The protective marking is blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The purpose is stated in {n} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The purpose {purpose!r} is not on the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The purpose {purpose!r} is not one of a check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quality of these data was not looked at yet: run Data quality with this store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason has the collar number in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason has {n} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report needs matplotlib, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schedule is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is older than PostgreSQL 15.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shared store is of a newer version of the plugin (its migration {n}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shared store is of an earlier version of the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store cannot be written without the key of the pseudonyms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store has nothing to check yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is of an earlier version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is of another version of the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store that is moved into is not empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store was written with another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The street network has no lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of counts has no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of key types has a value in its column sensitive that is neither yes nor no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of presence does not tell hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table {name!r} differs after the move ({a:,} rows, {b:,} there).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tick on a bar is the share that the same has in the comparison areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time of a leg in an area is {estimate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two stores differ: {one} and EPSG:{a}, {other} and EPSG:{b}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The view has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visit is not in the store any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The watched folder of the last refresh cannot be reached from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {called} has no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {called} has {n:,} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {called} may be a person's name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {called} may name or reach a person: a name, a rank with a number, a phone, an address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {own} shares ground with {areas}: time and events there count in both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {what} was superseded by somebody else at {moment:%Y-%m-%d %H:%M} UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then run Daily refresh with these AREAS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are events in time of no length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no data of officers' time by hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no data of officers' time or of events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no data of the days of the trial.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no rows to fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {areas}. Figures of so little ground are not shown to {reader}, so that no home is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {n} codes in this text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {n} figure numbers in this text: {numbers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no area to follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no chart {kind!r} of {what!r} against {against!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no event in these areas and this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no event in these areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {folder!r} for flags.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {parent!r} to write {name!r} in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no map of {key!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no shared store in this database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no shift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such note in the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such {what} in the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no visit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {file} beside the summary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {file} in {folder!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is {areas}. Figures of so little ground are not shown to {reader}, so that no home is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are restricted cells, looked at for {purpose!r}: they are not for the {audience}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They lie in {folder}: {half}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They were asked for: draw the same area again after the next Daily refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot show whether searches were fair between ethnic groups; see the force's disproportionality figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a pseudonym, not a collar number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is neither the number of a figure nor its code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no code of a figure, or only a part of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is old: the store was last refreshed {age} ago. Ask whoever looks after the nightly refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page ends on {day}, the last whole day of officers' time: records of later events are not counted on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server can only be read, as a copy of the store: a look is recorded first, and cannot be here. Use the connection of the store itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server can only be read: it is a copy of the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time at police sites is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time at police sites is taken out of the figures of areas and stands beside them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time at police sites stands apart, where the areas name them; shared ground counts once in totals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time linked by place and time may be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together: {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too few periods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two areas have the same id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two or more of the regressors say the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two shifts have the same name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it as the source system has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type results into the sheet that was drawn from this store, and leave its check_id as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpack it and look at it, or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpack it, and give the files that it should hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the plugin here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a file that calibratemovement wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use resources/bridge_model.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use resources/share_spread.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the connection of the store itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the force's key: with another one each officer would become a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the force's key: with another one no officer is found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits by their length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it is complete, then import it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until that has finished; if it was interrupted, the next Daily refresh finishes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an officer did or saw: a radio report is a place, and the line between two is not the route.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What other units have is withheld: it rests on fewer than five officers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the data may be used for. Judging individuals is not among them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What these data cannot say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What went into them is told from the next refresh on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen: every figure is of the past.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it was raised cannot be read, or lies in the future.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where they come from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether searches were fair between ethnic groups: see the force's disproportionality figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which groups, for restricted and for summary data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom this page is for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom to ask: {office}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the figure changed is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With an area of the store these blocks would tell of very little ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a number from 0 to 1000000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a type and its weight, such as burglary=5, robbery=10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write all times with an offset (2024-06-01T12:00:00+01:00 or Z), or all without and choose the time zone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write all times with an offset, or all without and choose the time zone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as 2024-06-03.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as 2025-03-31, or leave it blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write metres with commas, such as 250, 500.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write offsets (-05:00) or names such as America/New_York; or take the column out and type the TIMEZONE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write one of the three, or leave it blank while it is not known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the sign &lt; of it in another way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write them such as Fri, Sat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write times as 2024-06-01T12:00:00, with Z or +01:00 if they carry an offset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write utf-8, cp1252 or utf-16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write whole hours such as 18-02, from and to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write yes, no or nothing there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write to {file}, so a look cannot be recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may read this store and not write {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may read this store, and not write to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your area comes to {ground}, and would tell of {parts}{more}. Less than {least} are not shown, so that no home is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your login {login!r} has not the role ia_inspector, which alone may ask for this: who keeps the database gives it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your login {login!r} may not change the shared store: it has not the role ia_loader.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a model calibrated on labelled shifts of {n:,} officers of the force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a model that was not checked on this force's own shifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a note falls into {period} ({note})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a visit has no one mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a visit has no one mode, and the filter chooses one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about as many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activities are told of all modes together: choose no mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activities are told of whole days: choose all hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all areas of role {role}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all its measures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all modes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all of it where the earlier report lies, until the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {groups}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {n} more in the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>are comparison areas themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at a police site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at a stop and search, linked by reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at or near a stop and search, by place and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at or near an incident, by place and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at or near an incident, linked by reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best estimate {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best estimate {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bicycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both halves of the store, single movements too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by area, median {figure} here, comparison areas {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by this user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by unit, department, role or resource type only officer time is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a closed month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose one of the areas of the store: one of your own is computed from that file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chosen areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparison area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparison areas: median {middle}, middle half {low}–{high} (n = {n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparison together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counted in whole calendar months alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crime or incident</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crimes and incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crimes per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crimes per km² in 100 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crimes, incidents and searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data on {n} of {days} of {period}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days after {day} are still filling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days after {day} are still filling (95 % are recorded {within})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>departments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>do without the trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>earlier: {change}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than 80 % of the records say when they were made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than five officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than five officers in one of these areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than {n} comparison areas are known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filtered out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>footer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>footers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for single areas kept of all hours and weekdays of a month only, not of a part of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for the public</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the gaps between fixes only; not unseen time or radios left behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>groups of officers are told by whole months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h per crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h per incident</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has nothing beside {it}, or {least} and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hour of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hours with any officer per km², of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>impact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a vehicle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a vehicle, nothing linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the week {period}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incident</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incidents per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incidents per km² in 100 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is a comparison area itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>km</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known of areas only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out, for {filling}: {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>legs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lengths of visits are shown of whole closed months, all hours and units together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likely from, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likely range ({level})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likely {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line {n:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list of radios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median area, per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most {where} ({count}), least {least} ({least_count}){gaps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data in this period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data of {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no day has data of both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no officer time under this filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no percentage of under {least}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no searches with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no time there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody was named yet: enter the governance card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none can be shown yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not all of these hours occur equally often in the period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not among its measures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked on this force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not compared: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in a chart of days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in a choice of weekdays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in a frame of hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not kept for an area of one's own, only for the areas of the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not kept for an area that shares ground with another, only for all areas of its role together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known for this choice: choose at most one unit or one resource type, and no mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {hours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer hours (h); the gauge in hours per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officers per km², on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officers there at once, on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officers' time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offsets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on a bicycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on a bicycle, nothing linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on foot, nothing linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the same day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {weekday} {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {weekday} {hours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>owner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per cent of officer hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>periods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positions of radios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>posting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>postings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>presence, nothing linked,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>published of longer hours only, since fewer than five officers would stand behind some of these alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>radio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>radios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reclassified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>record {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded demand is not need, and this is not a target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording delay not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>records; the gauge in records per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>references</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>roles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searches; an object was found in {share} of the {n} with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searches; an object was found in {share} of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searches; an object was found in {share} of those with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searches; the gauge in per cent of those with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sexual and domestic offences are counted in whole closed weeks alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>so days are filled to {day} (of what is recorded within {n} days; measured on {records})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>source rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stationary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still filling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop and search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped, reason not recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stops and searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stops and searches per km² in 100 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>takes in all of {it}, or leaves out {least} and more of {it}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the area did not count in this period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the area is not in the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the area {area!r}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the earlier period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the filter keeps no day of the period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the filter keeps some modes only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last of them is {period}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last seven days are shown as whole days alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean over the paths that could have been taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the median of comparison areas is {figure}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the part inside of the straight line between them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the periods have other weekdays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the records tell only the day or month, and this filter asks for more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the records tell the month of the event only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the summary alone, without any single movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are no comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these records tell only the day or month of the event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this chart shows all units, departments, roles or resource types beside each other: choose none of them in the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>times as many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few days to tell by how much days differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turns of duty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under {n} searches with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units, departments, roles and resource types are shown for whole closed months: choose a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units, departments, roles and resource types are shown one at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units, departments, roles and resource types of a month are shown when it is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visits are not told by department or role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visits per km² in 100 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weekdays = {weekdays!r} are no weekdays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>white 0, darkest {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>who belonged where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with another time or place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withheld for some of these areas, since alone or beside what is published it would tell the time of fewer than five officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withheld for this area, since alone or beside what is published it would tell the time of fewer than five officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withheld, since alone or beside what is published it would tell the time of fewer than five officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>within {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x has no column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{agree:,} of {rows} agree with the source systems: {share}. {differ}, {unknown:,} could not be told: these count as not agreeing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount}, likely ({level}) {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount}, likely {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{areas} under {least}: {named}{more}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{areas}: {figure}, likely {ends}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{areas}: {figure}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{area} counts on {n} of the {days} days of {period}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{chosen} had about as many officer hours per km² as {comparison}: {times} times, likely {low}–{high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{chosen} had {word} officer hours per km² than {comparison}: {times} times, likely {low}–{high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} in all, in {n} of {all} {steps}{gaps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} in each of {steps}{gaps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}: it has passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}: the same as now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{events} beside comparison areas: {times}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{events}: recording delay not known, the last days may still fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} ({least} to {most})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} Nothing to compare with: under {hours} in {areas}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} Nothing to compare with: {areas} {be}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} Nothing to compare with: {areas}; {least} are the least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} here, comparison areas together {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} is in no register here, so what it was cannot be compared. Under its filter the figures are now those of {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} is not known for {filter}: {why} (figure {number}{code}; {beta}; {reader})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} is not the same as when it was copied on {day}: {measures} changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} is the same as when it was copied on {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} per km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure} was copied with {n} different values, on {days}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, comparison {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, {filter}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: fewer than most comparison areas ({n} of {all}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: its likely range was {before}, and is now {after}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: more than most comparison areas ({n} of {all}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: near the edge of the comparison areas' middle half ({ends} {unit}): cannot tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: was {before}, now {after}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}: within the middle half of the comparison areas ({ends} {unit}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no cells by unit yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{filter}; not chosen at random</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}. {beside} (figure {number}{as_of}{code}; {beta}; {reader}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ground} that only your area has, beside {area}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ground} that only {area} has, beside yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind!r} is no kind of note.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kinds}: records cover {n} of the {days} days of {period}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{marking}, for the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{marking}. {reader} Data to {day}, figure {number}. {beta}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{marking}. {reader} figure {number}. {beta}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{month}: {n} % observed between officers' first and last reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} are left out: with an area of the store they would tell of very little ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} block of {side} × {side}, {ground}: those with their centre in your area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} blocks of {side} × {side}, {ground}: those with their centre in your area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} is left out: with an area of the store it would tell of very little ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} late fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} late fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} row differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:,} rows differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:.4g} ha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name!r} has no areas or no time of officers yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name!r} is neither .csv nor .gpkg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} in {folder!r} is not a page of Impact Area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is the page of the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} {things}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} more reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of its {all} measures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} weeks, {period}, each line from nought, one scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} {n:,} of {rows:,} ({share})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path!r} cannot be written ({why}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path!r} cannot be written: it is open in another program, or protected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path!r} cannot be written: the disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path!r} is a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path!r} is no name of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{period} has data on {n} of its {days} days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{period} has no data of officers' time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{period} is not compared of {what}: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{period} is not compared: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{records} are {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{records} is {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{records} known by day only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{records} known by month only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} of {what} lie in other areas than {demand}; {caveat}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{status!r} is no status of a flag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{subject} shown of whole closed months: {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: not told, {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{units} per {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{unit}, {n} in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weeks}; dotted: {filling}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} and {other} by area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} and {other} by hour of the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} by hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} by {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} by {step}: {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}, nothing linked, by {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: not shown, {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {span} in {areas}{gaps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{where} and {n} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} + {n} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} ({low} to {high} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word}: {low}–{high} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Review date” is no date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Together” is pooled over areas; a median takes areas one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{question}” has {n} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{question}” is blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{question}” may name or reach a person, and everybody who reads the summary reads the card.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DayButtons</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every day of the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fri</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to all Impact Areas and the last four whole weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Department</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open, save or delete a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last change of the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HourChoice</name>
    <message>
        <source>Any hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Early 07:00–15:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the shifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evening and night 18:00–03:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From this hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes past midnight; the hours after it count for the evening before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Late 15:00–23:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Night 22:00–07:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two hours are the same: choose two that differ, or “Any hour”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To before this hour</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImpactArea</name>
    <message>
        <source> A legs layer made by Build tracks serves as well; it brings its own fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 flag at this figure:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>15 to 30 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 to 60 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 to 15 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>60 minutes and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; still filling and left out: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A .pdf, or .png for pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CSV with a column words: values of units, reasons or categories that you have looked at and that name nobody. Other values that the plugin does not know read (withheld) until five officers, or of events five days, have them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A JSON file of parameters, for runs by script; those given directly count first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bracket joins areas whose ranges overlap: their order says nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A call and the crime that it became are one event told twice. Where EVENTS are given, calls and crimes of one reference are found, and each correlation stands without them too; a store's summary has no references.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A civil date such as 2024-01-31: what happened before that day goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A clock this far off at both ends of its turns is reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A code copied from the dashboard: its whole filter is used in place of the days, hours, weekdays and resources above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A description of the past: nothing here shows that presence had an effect, and no officer can be identified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A displaced run of at most this many fixes is dropped as a jump; a longer one is kept and its moves are flagged over_speed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field of the areas; left empty, one called area_id or role, else the features' own numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field of the labelled periods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field whose values are unique; left empty, a field called area_id, else the feature's own number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of data.police.uk is known by its header: street files of today and of 2011, stop-and-search files, R's column names, extra columns, gzip, and the API's JSON. Street files give only the month, and places snapped to streets: they take part in monthly totals, not in questions of the hour or of a hundred metres. Any other extract is read by a mapping, which is found from its columns or given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of one officer-day leaves the store.
What is it needed for? The export is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that Calibrate movement wrote, kept in the store; left empty, as in the runs before, and the model that comes with the plugin at first. Another makes every day due.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that Calibrate movement wrote: it tells how officers of INPUT moved, and how far their shares may be off. Legs that have a mode keep it. Left empty, the model that comes with the plugin; a store has its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that Calibrate movement wrote; left empty, the model that comes with the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that cannot be taken in does not hold up the others: it is set aside with its reason, the rest is done and the days are computed, then the run ends with complaints: an error that names each such file, so that a scheduler sees it. It stays where it is and is tried again by the next run. One line at the end sums the run up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finding marked 'to decide' asks for a decision before the figures are used. No officer is named; for a board, units of fewer than five officers are told together as 'other units'. The store keeps no more than a board may see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fix that could only be reached and left above this speed, while the fixes round it agree with each other, is an impossible jump and is dropped. 70 m/s (157 mph) is above any patrol car.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A gap whose two ends are no further apart than this (or than their accuracy) is 'silent, same place': a radio that reports on distance says nothing while its officer stands still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key type, category or kind of the events, as the layer has it, such as burglary; several with commas count together. Left empty, all events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A larger error is counted as poor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A lasting change by this factor is a break in the series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A layer or table of the project (PostGIS, GeoPackage, delimited text), in place of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A layout of the force's own, made from the plugin's in resources/layouts, with the same ids of items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A leg joins two consecutive fixes; a track is a row of legs without a gap. The line between two fixes is not the route taken. Officers appear under an id that lasts one day, so that nobody can be followed across days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A leg whose most probable mode (foot, vehicle or stationary) is less probable than this is called unknown. Its time counts as unknown, and in no mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for each leg and area with its seconds and hard bounds, made only when asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A longer one ends the visit, however near the officer stayed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A moving radio reports after this distance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new folder, or the connection to a database in which Prepare a shared store was run; without a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page and a table of what to know about the data before using it: each finding with its number and its consequence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page to print and hand to the volunteers; written even where there is too little data yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A period of which a source covers less than this is a gap: it is marked, and takes no part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A projected one in metres. It cannot be changed later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A radio reports when this long has passed since its last report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rate ratio is told for so many more officer hours in an area and period. 0: a round number near what is usual there, for a ratio of what never happens says nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rate ratio is told for so many more officer minutes in these hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A saved mapping, which says what each column is. Left empty, columns are found by name and content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second layer with the same fields, whose areas all have the role comparison.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sheet of this store with its results filled in: fields check_id and result. With it no new sheet is drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A silence this long separates two turns of duty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stay of any officer of at least so many minutes is a visit. It says what is counted and is no target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A store has its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A store is the folder that Daily refresh (in the Processing Toolbox, Impact Area) makes of the force's files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A summary.gpkg that a run on the force's cluster made, in place of a watched folder: it is checked (version, areas, that it tells of no single officer) and put into the folder of the store whole or not at all. No key is needed, and the folder may have no store of its own. Notes and flags stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table of area, period, unit and resource type, made only when asked for. Cover and officers do not add.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table of observed hours by unit, hour of the day and mode with their likely ranges, made only when asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table of officer_id, start and end as Import postings writes it; shows clocks that are off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table with a row for each period of a volunteer's shift: officer, start, end, and on foot or vehicle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A time from-to stays a window, a date without a time of day lasts its day. Officer references become pseudonyms, by which Activities links officers to events: keep such a layer with the restricted data. Records that their status withdraws (cancelled, deleted, no crime; a table you may edit) leave the counts and stay in the history; in a store, a changed record becomes a new version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A4, one sheet an area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About these data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Absences up to this are part of the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy of fixes that give none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add layers: areas, crimes, incidents, searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add layers: movement of officers (a purpose is asked for)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add layers: officer density of a week…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After, first day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After, last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Afterwards make people members of the roles: GRANT ia_analyst TO ann. docs/shared-store-dba.md has the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All areas are impact areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that is to be done, for psql or a database administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always an association: officers are sent where crime is expected. Where presence follows events, or presence afterwards goes with crime before it, the answer is that nobody can tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amounts and rates of roles and areas, by period, hours, unit, resource type and mode; groups of few officers are one, 'other'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An area of your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An area that was chosen is not in these data; the filter is without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An association, not an effect: areas were not chosen at random. Areas chosen for a high count fall back of themselves, so the time before must not be the time that scored them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An event in several areas counts in the row of each, and once in EVENTS; on an edge where areas meet it belongs to one; in an area of role rest it counts only where no other area has it. An event known to a square of 1 km or more takes no part in areas smaller than it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An event whose time is a window is shared over the periods it spans: 'expected' gives each its part, 'events' counts the start. Events known only to the month are refused where a shorter period is chosen. Withdrawn records are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An incident open for longer than this would gather everybody who passes: it is linked by reference only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An officer on the boundary seems to step out and in with every position error. Fixes no further outside than this many times their accuracy do not end a visit (2: nineteen fixes in twenty).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An officer this near, metres.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer a flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer to a flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anti-social behaviour is an incident, whatever list it comes in. Exact copies of a record count once; two offences, or two days, under one reference are two. A place that is a square of 1 km or more takes no part in areas smaller than it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas and rings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas and their rings with counts before and after, what was expected, and whether the difference is more than areas vary by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas by figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas drawn each day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas that draw officers and crime; those of role site are police stations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas under the smallest area, but for police sites, are not kept: the store goes on with those it had, and the run ends with an error that names them. Ground smaller than that where areas overlap, which subtracting them would tell, is given to one of them and named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas were scored on data from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas were scored on data until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas with their counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD, after the last day before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD. Both days left empty, the last four whole weeks; this one alone, 28 days to the last. The public is told events by whole calendar months.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD. Not the time for whose crime the areas were chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD; left empty, the first of the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD; left empty, the last complete day of the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD; left empty, the last of the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD; the day itself counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As YYYY-MM-DD; the day itself counts. The same months of the year are best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the head and the foot of the page; it cannot be blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what anyone may read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Band that the others are held against</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bands of time since the last visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before and after an operation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before, first day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before, last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind this figure stand records of events: see their layer. Visits stand behind officers' time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Below this it asks for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Briefing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Briefing maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings the movement model's probabilities in line with shifts whose officers wrote down when they walked and drove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buffers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Building tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV with any delimiter and encoding (gzip too), Parquet, a spreadsheet or another file QGIS reads; several by a pattern such as folder/*.csv, or separated by semicolons. A sheet is named behind its file: book.xlsx|layername=June.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrated model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls and crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls of a period are held against crimes of so many periods before and after as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Categories, key types or kinds of calls for service, with commas. Left empty, all incidents that the public reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells by unit and day may be the time of one officer. Why are they needed? The look is recorded with its filter before it is made; judging individuals is not on the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells without a colour: fewer than five officers or three days in that week and shift, or one officer with more than half of the time. Time at police sites, rests at home and time at sexual, domestic and other sensitive incidents are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Challenge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Challenge a figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change of the time between reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes nothing in the database. Read the SQL, then run it again without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check of one officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check one officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check one…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks of whole sheets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks that agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a connection of QGIS, or write service=NAME; a password has no place here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a figure on the page Table and press “Behind it…”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a purpose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose areas, dates and hours above; the sentence, the tiles, the pages and the map answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Civil date of the first day, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Civil hours in which something was done, such as 18-02; then these alone are counted in the areas, and the hours next to them by themselves. Needs events with times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Civil time of the force. Times in the data that have no offset are read in it, and hours, shifts and days follow it, so that a night shift at the change of clocks is right. A name of the IANA database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classify movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classifying movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click the corners of the area; a right click ends it, Escape gives it up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock off by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code of a figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collar number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collar numbers and radio numbers become keyed pseudonyms on the way in. Names, phone numbers, addresses and free text are never kept; a unit or a reason that looks like one is withheld and counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns are recognised by their names and content; the log shows how each was read, corrections are given as role=column, and a mapping can be saved for the next extract. Positions may be latitude and longitude, easting and northing, OS grid references, WKT, points of a layer or raw TETRA codes; times ISO, day or month first, with or without an offset, numbers since 1970, or date and time in two columns. A report whose date has no time of day is left out and counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns that were not found or wrongly found, as role=column; role=column. The run's log shows how each was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison
areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas of equal weight that tell as much</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas weighted or paired so that they are like the impact areas, with the balance before and after.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison areas were not chosen at random. This makes them alike in what is measured, and in nothing else. The fields weight and pair of the output go into the other tools of this group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing the figures of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence below which the mode is unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection to the database, without a password: service=NAME, or host=… dbname=… user=…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies a store from its folder into a database that was prepared, or back into a new folder, and compares the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correlation across areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts after are held against counts before, and against the change in comparison areas; rings around the areas likewise, against rings around the comparison areas. The likely range comes from how areas differ. Published figures (WDD, WDQ) stand beside it as published; their intervals are too short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts and rates by category and key type, and in the earlier periods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts of crimes, incidents and searches by area, civil period, kind, category and key crime type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts of crimes, incidents and searches that had an officer within 100, 250 or 500 m in the 5, 15 or 30 minutes before, at the time, or after, compared with what to expect at random times and at random places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts of events only: nothing shows which officer was near which event. 'near' is a best estimate over the paths possible between two reports; near_low to near_high holds the true count about nine times in ten, as far as the gaps between reports go. Where officers came to an event or left it between two reports, counts before and after come out low, most at 100 m. An officer whose radio was silent counts as not near.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts with the share in which the object was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crime may also move to other hours, days or types: name them, or the page says that it looked at space only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes and incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes, incidents and searches as Import events writes them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes, incidents and searches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes, incidents or searches as Import events writes them; those without a place too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes, incidents, stops and searches as points: public files as they come, a force's own extracts by mapping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Daily refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Daily refresh writes it each night where it is asked to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data quality lead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data quality report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data, refresh, quality, who is declared to have access, runs and look-ups on record, open flags and the manual check are filled in. Nothing names an officer or a user. The page opens in a browser and in word processors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days before the trial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days of the activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days of the week on which something was done, such as Fri, Sat; then these alone are counted, and the days next to them by themselves. Days are civil: after midnight it is the next one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days of the week that are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Design</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference left, in standard deviations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimensions of the table; one that is left out reads (all), and patrol time, officers and visits are computed anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Displacement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance limit of reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dots are radio reports; the link is not the route. Not evidence of where an officer was or what they could see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing the sheets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws for the likely range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws rows of the store and of its extracts to look up in the source systems, and takes the results back: how much of what is told agrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates and rows that lack something ask for a decision from this share of the rows on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each file is taken in whole or not at all, and the same content never twice. Its kind (affiliations, postings, duties, radios, events) is recognised from its columns, from a mapping, or from the name of its folder. Running it twice changes nothing; a run stopped at any moment is finished by the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each hour of presence in an area multiplies its rate of crime in the next hour by exp(-link). 0: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each observed second is in exactly one class. Time is linked to an event first by the officer the event names, then by place and time within the tolerances of the rules; the two are listed separately. The rest is shared by how likely the officer was on foot, in a vehicle or standing; stopped means five minutes and more about one point, reason not recorded. What the mode alone tells has a likely range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each unbroken stay of an officer in an area, with its length, and the number of visits by length for each area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier crime counted from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier crime counted until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earliest possible time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Early 07:00–15:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Easting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the card…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the governance card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of the period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy balancing: how far the weighted means may stay apart. 0 is exact balance; 0.1 is usual for approximate balance, which exists more often and leans less on single areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ethics sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events are drawn by squares of the smallest area, never as single points, and sexual and domestic offences are counted but not drawn. The public sees shaded areas alone, and numbers rounded to 5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events counted, in the kinds that are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in no area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in the areas, each once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events known only to the day or the month are not linked. Nothing is called patrol: radios do not show why officers are somewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events known only to the day or the month are refused. Those with a window of over an hour, without an exact place, or within the longest band of either end of the movement are left out and counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events more (+) or fewer (−) than expected in impact areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events must have times, and officers' time of at least 7 days before the trial must be known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events of drawn days, times those of undrawn ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events of these hours on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events withdrawn, which take no part in counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events without a place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events, or counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events, those without a place and those withdrawn included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every figure has the dashboard's number, by which the dashboard opens it again. Views of the page are not recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every figure is a best estimate between radio reports, with its likely range. Time at police sites is shown separately where areas of role site are given. Nothing here shows that presence had an effect, and no officer can be identified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every figure is the dashboard's own for the same filter, and has its number, by which the dashboard opens it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export of one officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export this officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export this officer-day (a purpose is asked for)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther than this, and than five times the usual distance from it, is outside the force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farthest from the middle of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farthest pair, in standard deviations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fastest an officer can move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer are reported, but need no decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewest rows of a fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewest rows of a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields of numbers, such as deprivation (IMD), share of young people, earlier crime, residents. A second layer of comparison areas needs the same fields. Few are better than many: with about twenty comparison areas, two to four.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure number or code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure of the areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {0} is on the screen. Type another one's number, or paste its code, to open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {0} · data as of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {0}. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures and pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures for a board or the public, and those of a store, are about no less ground than this, nor is the difference of any two of them: so that no home is watched. Police sites (role site) are exempt. The force's own decision; 4 ha is a square of 200 m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of the restricted file, by unit and day; the purpose is recorded before they are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files taken in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings that ask for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. A change since adoption is not measured from that time: places chosen for a high count fall back of themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. Left empty, the result says that nobody said. Where the time before overlaps it no figure is given: places chosen for a high count fall back of themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. That time never serves as before: places chosen for a high count fall back of themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day of the earlier crime among the covariates, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First letters of its hash, where a store keeps several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First operational day of the trial, as YYYY-MM-DD; it begins at 06:00 and must lie ahead when the schedule is drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes (points), or legs (lines)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes are radio reports; the line between them is not the route. Not evidence of where an officer was or what they could see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes before this date (UTC) are counted as out of range and dropped: no radio told its place then, and systems write 1970 and 1980 where they know no time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes of a simulated force on a street network, with the truth behind them, to try the tools and to train with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes on or after this date (UTC) are counted as out of range and dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixes, legs, tracks, gaps, visits, duties, ended postings, rejects, who attended which event and the marks of looks at officers are removed from restricted.gpkg and its free room is overwritten; so are files of flags that were taken in or set aside. The summary, which identifies no officer, and the record of runs stay. Copies, backups and exports are not reached. In a shared store whole months are dropped, and the room of other removed rows is used again by the server in its own time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag a problem…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flags at this figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flags on figures that readers left as files in the store's folder “flags” are taken in too; one that is cut off, of a newer version or that may name a person is set aside with its reason, and is no error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a store that Daily refresh keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a store that Daily refresh keeps. Its summary alone is read, unless the audience is restricted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a store that Daily refresh keeps. Its summary alone is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a store that Daily refresh keeps. Its summary alone is read; then no layer is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a store: its notes (system changes, outages, operations) that fall between both times are named first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of summary.gpkg and restricted.gpkg; made where it is missing. It needs the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the force's store (summary.gpkg and restricted.gpkg). The same file is never stored twice. Needs the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the force's store, or the connection to a shared one, as its loader.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the force's store, or the connection to a shared one, as its loader. You must be allowed to write there; no key is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the store that these data went into: it keeps the findings, so that the page about its data tells them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder with affiliations.json, postings.json, duties.json, radios.json or events.json, used for files of that kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a force's own extract, where its rows do not give it or give it in words that are not known; where a script leaves it out, its columns or its name tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For positions that are not latitudes and longitudes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For radios that stay at one place for a whole turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the administrator of a PostgreSQL database, version 15 or newer, that has PostGIS: run it as a superuser. The file of SQL is complete: it may be read, kept, and run in psql in place of this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For those who may write the store: choose a flag, then give its state, owner and reply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From here on it asks for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From here on positions are taken as rounded or those of cells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further columns to keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further kinds, key types or categories of events, with commas; they were not declared before, so they are exploratory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gender, age, ethnicity, names and free text are not kept. Searches cannot show whether they were fair between ethnic groups; see the force's disproportionality figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a store, or layers; EVENTS and AREAS alone tell of crime and incidents, and not of officers' time. Rates are pooled: sums over areas by km², by 1,000 residents, by crime or by incident. The range is of how areas differ. A description, not an effect: comparison areas were scored but not adopted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the folder of a store, or the layers themselves. The period is compared with the one before and with the same weeks a year before, where there is data for them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the folder of a store. Questions 1 to 6 are answered for the days asked, the evaluation looks at all days of the data. The page is the accessible form; the PDF is for print, with the marking on every sheet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give what Match areas wrote to see each ratio with its weights too, and what part of a difference goes with how the groups are made up. A change since adoption is never measured from the time that scored the areas: places chosen for a high count fall back of themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the Impact Area dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Governance card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ground beneath</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ground that areas share counts in each area's own row. In totals by role each second counts once, for the first of site, impact, comparison, buffer, other; what no area has is the rest, and so is an area of role rest, less all others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half are drawn from visits and events, half from rows of the extracts, rejected ones among them. With 50 rows, of which 45 agree, the likely range of the agreement is 81 to 95 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half of the sheet is what the store says (visits, crimes, incidents and searches), half is rows of the extracts, rejected ones among them: the first half finds what is wrong, the second what is missing. Each row names the file and the row it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hard bounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harm weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash of the schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours and share by area, role of area and the whole force, and activity; what is not known first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours at which shifts begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours before an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours by mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours by unit, department, role and resource type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours by what they are linked to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours next to them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of each area and role of area with their likely range, shares, rates, cover and visits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of the activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of the day that are kept, in civil time; 18 to 3 goes past midnight and belongs to the evening.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours per km² of an area that comes or goes (valid_from, valid_to) are by its mean ground over the days of the data, as in the answers and the panel; area_km2 is its whole ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours, incidents, crimes and searches by weekday and hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long officers were in each area, as officer time, cover and visits, and the time not observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many areas are drawn for visits each day, the same every day. 0: half of them, rounded down, which tells most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many cores may share the work of time in areas. On Windows each is a Python program of its own, which pays from a million legs on. The answer is the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many days before the first one tell how much officer time areas usually have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many hours before and after the hours of the activity count as next to them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many times likelier a place in an impact area is as a destination than one elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much officer time, crime and incidents Impact Areas have beside comparison areas, each as a ratio with its likely range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often areas and blocks of time are drawn anew for the likely range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often areas are dealt each other's presence for the p that stands beside the stated one; 0 for none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often each event is moved to another time, and to the place of another event, for the baselines. The 95 % range of 20 draws is nearly their whole range; use 200 where it matters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the draw is made anew to see what chance alone gives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IA-1A2B-3C4D, or a copied answer with its code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Area dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impact areas, and comparison areas where one layer has both. Areas must not share ground; for events they are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import affiliations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import postings, duties or radios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impossible jump above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a store, postings give its fixes their unit and resource type by date (those without one are counted as unit not known), duties remove fixes off duty, and radios distinguish personal from vehicle sets. A last day that is a date alone counts whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In how many periods before the events presence is looked at as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In metres. A store keeps the one it began with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In so many minutes before or after the event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the Impact Areas and days asked, as planned: held against the hours observed in the closing section.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In your own words (name nobody):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector's page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invalid polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is made for a board and holds no individual: the last seven days are totals of whole days, sexual and domestic offences are told by whole weeks alone, and units, departments, roles and resource types by whole closed months.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs at least 20 shifts, and 300 legs each on foot and in a vehicle, and refuses less. Volunteers note the time each time they get into or out of a vehicle: the test sheet is a page to print for that. The result is a file for Classify movement. It is a check of the model, never of an officer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It refuses weights that do not exist, or that hang on a few areas, and names the covariate that breaks them and what holds instead. Earlier crime of the time that scored the areas is refused: places chosen for a high count fall back of themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was fitted on volunteers of a research study, not on police officers: until Calibrate movement has run on the force's own labelled shifts, its answers are not yet checked on this force's officers. Bicycles, running and crawling traffic are where it fails most. It describes movement, not what an officer did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its folder, or the connection to its database. It needs the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Joins the position reports of each officer into tracks, split where nobody observed the officer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the officer ids as they are. Only where they are pseudonyms; the choice is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key crime types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key types or categories to which crime may have moved, with commas: each is looked at in the areas by itself. Declare them before you look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key types, categories or kinds of crimes, with commas: each is held against the calls by itself, the first three as declared comparisons. Left empty, all crimes are the declared comparison, and each key type is exploratory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key types, categories or kinds of events, with commas, such as burglary, robbery. The first three are the declared primary comparisons, of several designs in one run the first of each: name them before you look. Left empty, all crimes are primary, and each key type is exploratory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of resource (response, neighbourhood, ...), if the layer has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled legs used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled periods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest standardised difference left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day of the earlier crime among the covariates, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day of these data, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day, included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last operational day of the trial, as YYYY-MM-DD.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Late 15:00–23:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest possible time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers of streets, boundaries, water or a raster, the first on top; those of the project keep their look. Nothing is fetched from a network unless a layer of yours does. Left empty, basemap.gpkg in the folder of the store; where there is none, boundaries of wards and districts beneath areas of the West Midlands, else the areas' outlines alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least part of a period that must be covered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left empty only where SUMMARY is given. Its files, and those of folders in it; a folder named affiliations, postings, duties, radios or events sets the kind of its files, one named crimes, incidents or searches that of its events. Else the columns tell it, and what they told is said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left empty, as in the runs before, and 4 ha at first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legs by mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legs in areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of one period, in civil time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of one period, in civil time. shift: the shifts that begin at the hours given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of one period, in civil time: the repeated hour of October is two, the missing one of March none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less time inside than this is passing through: counted, but no visit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line by line the same statistic as under “Here”: the areas together; per km² what grows with size; median and range of single areas. Not chosen at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines that meet at their ends. Only the largest connected part is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link of presence to crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest absence at the edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest event that is linked by place and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest run of fixes that can be one jump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest time between two fixes that is still observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look each row up in the source system, and write agree, differs or cannot tell into its result. Then run this again with the sheet as RESULTS. A sheet counts once each of its rows has a result. Until then every page, answer and copied figure says “Beta: not yet checked against source systems”, from then on “Beta: 43 of 50 checks agree”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks at rows by day and unit, missing days, duplicates, the time between reports and its changes, how much of each turn was observed, positions far away, exchanged, rounded or snapped, impossible moves, radios left in lockers, repeated last positions, clocks that are off, and events without a place. With areas, the measures are shown for Impact Areas beside comparison areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lots decide before the first day which areas are visited on which days; afterwards what happened is compared as drawn. The one design that may speak of an effect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the areas alike in their km² as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the roles, tables and rules of a store that inspectors, analysts and auditors share in PostGIS; shows the SQL first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mappings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean number of crimes a day in all areas and places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes (likely)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes at which one band ends and the next begins, with commas; the first begins at 0, and the last has no end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes of presence planned in each drawn area and day. What was delivered is compared with it; it is no target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monthly board pack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most that undrawn areas may lose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the area in words; left empty, a field called name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the column, where it was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name offices, not people: everybody who reads the summary reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name up to three key types in what is counted before you look: they are the declared comparisons of page 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name up to three key types in what is counted before you look: they are the declared comparisons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names or ids with semicolons between; impact, comparison or other for those of a role, all for each. Left empty, the Impact Areas. Each has a sheet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names separated by semicolons. Names, phone numbers, addresses, dates of birth and free text are never kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names with semicolons between; left empty, all. Officers' time by resource is told of whole closed months, unless the audience is restricted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbourhood inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbouring types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never call a move shorter than this a jump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Night 23:00–07:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nightly refresh and briefing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nineteen in twenty of its reports lie within this distance of their middle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No flag at this figure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder of a store is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No layer of legs or fixes in the project has them: add those of restricted.gpkg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No passes of this number on that day are in the store; the look is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No police sites are known, so rests there are left out too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No store is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No week of officer density is told yet: a week is told when it is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Northing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes are drawn on every chart. A board and the public see the kind alone. A note is never edited: another takes its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes on the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes that stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here tells of a single officer; what does asks for a purpose, and each look is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is ever taken away: steps that have run are not run again, and each is done whole or not at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known of what came after this report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of days; each officer works one turn of duty on about five days in seven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of officers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of residents of each small area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of the first sheet's figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of visits of 0–5, 5–10, 10–15, 15–20 and 20 or more minutes for each area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a comparison: one file with all of it, to be read without QGIS or a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a draw one row a day and area; of a comparison one row an estimate, with its sentence and caveats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of dates such as 03/06/2024. found: told by the dates themselves, for the whole file; where they can be read in two ways the import stops and shows both. Dates with the year or the month's name first need no order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of text files, such as utf-8 or cp1252; found from the file where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of text files; found from the file where empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the column with the radio's speed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the draw. The next sheet of a store has other rows, with the same seed too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of these hours, on the map, as squares: crimes, incidents and searches that may be mapped. They are in no list and no export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer density</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer density, week from {monday}, {shift}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours in Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours in a vehicle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours in comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours in impact areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours linked to events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours observed, anywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours of unknown mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours on duty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours on foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours per km², impact to comparison areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours stopped, five minutes and more about one point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours unobserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer hours unobserved between legs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer ids are pseudonyms already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer of the period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time adds up the time of all officers; cover is the time with at least one officer there. Time between fixes further apart than the longest gap is unobserved: it is neither presence nor absence. For each area it is the silent time of officers who could have been there, so it does not add up over areas. UNOBSERVED_HOURS is the silence between legs: Build tracks also counts it before the first and after the last leg, beside fixes that make no leg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer time of each area by what the records link it to: incidents, searches, police sites, on foot, in a vehicle, stopped, not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officer-day {0}, {1}: {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officers near events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Officers patrol on foot and in cars, answer calls, stop and search, eat and write at a station, alone or in pairs. Their radios report on time, on distance and on push to talk, with position error; some are silent when still, left in a locker or taken home. The same parameters give the same data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a day when the other units went on as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On foot or by car</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On foot or in a vehicle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One A4 sheet for each area: a map of the period and hours asked for, the dashboard's figures with their ranges, the hours of the week, and the earlier period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file for each area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file to be read without QGIS or a network, by screen readers too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with all of it, to be read without QGIS or a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with the balance in words, as a Love plot and as a table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with the sentences, charts and method, to be read without QGIS or a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file, to be read without QGIS or a network and filled in in a word processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file, to be read without QGIS or a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line a leg with its mode and probabilities, the officer under an id that lasts one day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line a track, with its time as M (seconds since 1970, UTC).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line for each move between two fixes, made only when asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One model serves any interval between fixes. It weighs speed, straightness, the neighbouring legs, the accuracy of the positions and, where the layer has them, reported speed and car-kit reasons. A leg less sure than the confidence asked for is unknown; hours add up probabilities, so that doubt is shared and not hidden. The likely range of a mode's hours counts in its part of the unknown ones; it is wide where few officers stand behind them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One officer-day beside the source system, for a purpose that is recorded; also an officer's own data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One officer-day is set beside the source system. The collar number stays in memory and is in no record; the look itself, with its purpose and reason, is recorded before anything is shown. Nothing leads from a pass back to an officer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One point for each row that has a place, EPSG:27700.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One point for each usable row. For millions of rows write to a store and leave this empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One polygon for each area with its totals over the whole period, areas without any time included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One polygon for each area, with its events of the whole time and how many that is per km²: a map of the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a check: check_id, part, source_file, source_row (to source_row_to), what the store says, and an empty result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a comparison, with its sentence and caveats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a covariate: means, standardised differences and variance ratios before and after.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a sentence, by question, with its caveat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a visit, the officer under an id that lasts one day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an estimate: in the areas, around them, both together, and what else was asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row for each area, period, kind and category that has events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row for each kind of event, time and distance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One to three kinds, key types or categories of events, with commas, such as: burglary, vehicle crime. They are declared now, stored with the schedule, and cannot be changed later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only show the mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only show what would be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only show what would be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a figure again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a store first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open shared store (PostgreSQL)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open store…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the force's store first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the force's store to see figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of day and month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outer distances of the rings around each area, metres, with commas. A ring has no ground of any area nor of another ring. Public data lies on anchor points: rings narrower than 250 m then mean nothing. For a board or the public, multiples of 50.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Owner (a role)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page of the folder too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs: two areas further apart (root mean square over the covariates) are not paired; the impact area is then named as unmatched. 0 for no limit. A judgement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panel: areas through months, weeks or days, each held against itself. Case-crossover: the hours before each event against the same hours of the weeks before; needs events with their hour. Since the last visit: how long events stay fewer, or more, after a visit has ended; needs layers, and events with their minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed through, no visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes of the officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patterns of names, separated by semicolons; small and capital letters are the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Performance analyst</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Periods apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Periods before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permutations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planned officer hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planned visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plant faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planted faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points made by Import events, or with the same fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points made by Import events, or with the same fields; then the areas and both windows are needed. Or a table of counts without geometry: area_id, role (impact or comparison), before, after, and for rings band_m, the outer distance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Police sites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons in any reference system; they are reprojected. They may overlap and have holes. Fields valid_from and valid_to, where there are any, are the first and the last day that an area counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons with their role; those of role site are stations, those of role rest show what lies outside the force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons; kept in the store, so that they need not be named again. Others make every day due.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poor position error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Population</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position error can look like speed when two fixes are seconds apart; moves up to this length are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position reports as they were imported, before anything is dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position reports of officers' radios, one point each, in any order and any reference system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare a shared store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence and crime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence at events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence by period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence in so many whole hours before the hour of an event is held against the same hours of the weeks before. The event's own hour is left out: presence there answers the event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protective marking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pull of impact areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge old data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put in its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QGIS's connection, or service=NAME; no password:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions 1 to 6 in one run: where officers were, who, doing what, on foot or by car, and which crimes, incidents and searches happened meanwhile; as sentences, tables and a page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions 1 to 8 in order, each in words, charts and tables with its doubt; then matching, sensitivity, data, model, parameters and hashes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions to complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Radio positions of any extract as clean fixes: columns found, officers under pseudonyms, every row accounted for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random draws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio for so many more hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio for so many more minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reach of a radio that stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the store again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading about the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading what anyone may read…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason (name nobody)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference system of eastings and northings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference system of positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference system of the fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh now is off: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh of the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register of figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Released words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove what is older than</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes data on single officers before a date; shows first how much that is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes nothing. Look at the numbers, then run it again without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports of the officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports of the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Residents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource type column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restricted figures are not copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of displacement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of other evaluations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rings around areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows drawn, or results that are new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows removed, or that would be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rules of activities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SQL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say so where no field tells the role of an area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what is doubted; it stands at the figure with its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule, or results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule, to compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select polygons of the active layer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series are cut where a note of the whole force says that something changed. Records that officers made themselves are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of car officers who ride in pairs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of double crews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of its usual rows below which a unit fell silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of moving reports on shared positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of moving reports that repeat the last position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of observed officer time in Impact Areas, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of officers who patrol on foot; the rest crew cars.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of poor positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of radios left at the station</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of radios taken home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of radios that are silent when still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of reports with the last known position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of rows outside the force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of rows without a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of turns at one place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of turns observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share on foot patrol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shares on foot, in a vehicle, stopped, and not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing officers' time among areas, hours and activities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet with results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short absences and fixes within their own accuracy of the boundary do not end a visit, and merging changes no seconds inside. Passing through in less than the shortest visit is counted, but is no visit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortest turn that is looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortest visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortest visit that counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show for a purpose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how each column would be read, and import nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the figures of these blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this officer-day…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show with this filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulate shifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated fixes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated officers: nothing here was observed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the area too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the page, MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small statistical areas with their residents, for rates per 1,000; shared by ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest share of a fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed limit of the hard bounds of time in an area, for any means of travel. A move faster than this is flagged over_speed and gets a limit of its own, 1.05 times its own speed. 40 m/s is 89 mph; a judgement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spoil some rows in each known way, and list them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start and end of each turn of duty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of the period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps done, or that would be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops and searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store and layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store of notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store, or layers under Advanced Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Streets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary of the cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System changes, outages, operations: what people know of the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables that Baseline, Displacement and others wrote: the closing section of the page is composed of all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes new files of a watched folder into the store, and computes tracks and presence of the days they changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking in files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test sheet for volunteers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The areas are in no layer of the project: add the layer 'areas' of the summary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The areas with weight, 0 for one that takes no part, pair, the id of the impact area, and matched_on, by which other tools fit the weights anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The band that begins so many minutes after a visit. Declare it before you look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dashboard as one HTML file: opened from a shared folder in any browser it filters by areas, dates, hours and groups, offline, with the figures of the dock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The eight headings of ALGO-CARE for a store: what it tells on each, and what people must write themselves, marked to complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures are of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures will be of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The flag stands at the figure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The flag was left as a file; the next refresh takes it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The flag was not left: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The force's own table of category, key_type and generated_by; left empty, the default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The force's own table of what time is linked to; left empty, the plugin's.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The force's own table of words and meaning (withdrawn, current or neutral), matched as whole words; left empty, status_words.csv of the store's folder or the default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ground that counts, such as the force's: rings end there, so that neither sea nor another force counts as empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hard bounds say what the speed limit alone allows; they belong to one visit and do not add up to a range for a total. Entry and exit follow the straight line; the time inside is the best estimate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file, for Classify movement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the area is added to the name of the file. Pictures are always one for each area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new one must be empty. It is filled whole or not at all; then the rows of each table are counted and compared with those of the old one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next report (right arrow)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note was taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number that the draw comes from. 0: a fresh one, which is stored; that is best, for nobody has chosen it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The officer-day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old store is read and stays as it is: remove it, by the force's own rules, when the new one is in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The opening is recorded; repeated looks at one officer are told to the record's owner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passes were written to {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record of runs is in the restricted half of the store; where you may not read it, the sheet says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record of runs is not moved: it says who did what in the store that it is of. Files that a force keeps beside its store (words, flags) stay in the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report before (left arrow)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reports of this officer on that day, one by one; the opening is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows that could not be used: file, row, reason, remedy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows without coordinates, as a table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows, officers and radios under pseudonyms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same on sheets of A4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same baselines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sheet tells of single movements: it is restricted, and its purpose is recorded. It names no officer, and of sensitive records neither category nor place. The store keeps the number, the part and the result of each row, and no text of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is being brought up to date…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table that the draw wrote. Left empty, the one that the store keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The turn began the day before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The turn goes on after midnight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their officer is out; the radio reports the station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their position is that of the report before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These report by distance only and say nothing while their officer stands still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They go on reporting for two hours after the turn of duty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time between fixes further apart than this is reported as unobserved: never as presence, nor as absence. Left empty it is the larger of 900 s and 2.5 times the median interval of the source (silences over an hour left out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time in areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time inside, with its likely range: less than from entry to exit where the way may have led outside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time limit of reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be alike in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trial by day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns of duty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two ends this close are the same place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two sentences on the figure chosen, with its range, comparison and number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two stays of an officer in one area with no more time than this between them are one visit. Merging changes no seconds inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a figure's number, or paste its code, to open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the officer, if the layer has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the officer; left empty, a field named unit is used where there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit, department, role and resource type of each simulated officer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units and days with fewer are not judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units, departments, roles and resource types by date; turns of duty; kinds of radios.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until the next report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until the next report: anywhere in {0} (by the speed limit alone).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used for the width of the edge only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values withheld, for they may name a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits are those of the tool Visits, as the panel and the answers count them: short absences are bridged, and less than a minute inside is passing through. The table by period counts every entry instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits by length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits of an area of your own are not kept: choose one of the areas of the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits, legs and fixes behind the figure; a purpose is asked for and recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits, legs and fixes show the movement of single officers.
Why are they needed? The purpose is recorded; judging individuals is not on the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week and shift (five officers on three days stand behind each cell):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weekdays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of types for the published figure weighed by harm, such as burglary=5, robbery=10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Were officers on foot, in a vehicle or standing still? A probability of each for every leg, and hours by unit and hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Calibrate movement wrote, where legs were classified by it: the ranges of modes are narrower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Match areas wrote: fields area_id and weight. Each ratio then stands once without and once with the weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened: straight moves at constant speed with mode and activity. Serves as legs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is doubted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is doubted of {0}, and why? Everybody who opens the store can read it. Name nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known, in a sentence; name nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What must be said beside the figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people know: a table with from, to and text; shown on the charts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the areas are shaded by, in classes that are the same on each map. For the public officer_hours, crimes and incidents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the radios reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will be counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the radio reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the radio reported: a date and time, text in ISO or UK form, or seconds since 1970.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it is given, the page is written anew at the end of each run, whole or not at all, for a board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the areas hold police sites (role site), time there is left out of the areas' figures and given separately as site_hours; without sites every figure includes any police stations in the area. Figures describe where radios were, not what officers did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to keep the mapping for the next extract.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to leave the flag for who keeps the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where undrawn areas had less officer time than before the trial by more than this, no effect is stated: then drawn areas may look better because others were left alone. A judgement, declared before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether calls for service and recorded crime go together: across areas, and within areas over time, with the doubt of each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether crime changed otherwise in impact areas than in comparison areas, and whether it rose or fell around them, with likely ranges.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether more officer time in an area went with fewer or more crimes there, by three designs, with the doubt each leaves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which design; all: those that the data bear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which rows were spoilt, and how; only with planted faults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who belonged where, when, as Import postings writes it: department and role of officers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who carried the radio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who carried the radio. Collar numbers become pseudonyms before anything is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who will see the output. restricted: nothing is left out. board: units, departments, roles and types of resource of fewer than five officers are merged; totals of areas and counts of events stand as they are. public: what rests on fewer than five officers or events is left out, and numbers are rounded to 5. The record of runs keeps the choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole civil hours; each shift lasts until the next begins, the last one past midnight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose data lie beneath, such as: Contains OS data © Crown copyright and database right 2024. What the layers say of themselves is added, and of basemap.gpkg what stands in basemap.txt beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the movement of single officers is needed. It is recorded with the run. Judging individuals is not on the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the edge, in accuracies of a fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a column for the kind of resource it stays not known. Where another column says it, name that one: resource_type=Department.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a duty table a silence of ten hours or more is taken as time off duty: kept in the gaps table with its own reason, and left out of unobserved time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a store: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written, and recorded: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all observed officer time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answering a question on an area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answering an officer's request for their own data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before: as many days just before; year: the same weeks a year before; none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bridge: best estimate over the paths that could have been taken between two fixes, with its uncertainty. linear: the straight line between two fixes at constant speed. last_fix: a fix holds until the next, which is what counting pings does; for comparison only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking a figure against the source system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking the quality of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare: give the store, or the schedule and the layers, once the days are over. First is said whether undrawn areas had less officer time than before: where they were drained by more than the limit, no effect is stated. Areas count as drawn, whether or not they were visited; what was delivered stands beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw: each operational day, from 06:00 to 05:59, a fixed number of areas is drawn afresh from a seed, never by turns nor in blocks. With STORE the schedule is kept there with its hash, and nobody can draw again for the same areas and days. It tells of areas, never of officers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw: lots decide which areas are to be visited on which days, before the first of them. compare: hold what happened against the draw, once the days are over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ending: by the ending of the file; PDF: sheets; PNG: pictures, 300 dots an inch, one for each area. A file without an ending gets it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entropy: weights under which the means of the comparison areas are those of the impact areas. optimal: pairs with the smallest sum of distances. nearest: pairs one by one, the impact area that has the farthest way first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault in the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>figure {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for instance: complaint about a figure of 3 July</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for instance: question of 3 July on night shifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gap of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>highest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>impact, comparison, buffer, site, rest or other; left empty, a field called role. No such field: one area is an impact area, which is said; of several somebody must say which are. A blank in the field is other. In totals by role, ground that several roles claim counts once, for the first of site, impact, comparison, buffer, other; an area of role rest has only what no other area has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index.html beside it: the page and its areas, data quality, technical reports of the folder, and how old the data are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index.html beside the inspector's page: what lies in the folder, and how old the data are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likely from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lowest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not observed or not told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer time is not told for this filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer time under this filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>operation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or a layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs: hard bounds for each leg and area that share time. all: also for areas a leg could only have reached. none: leave them empty (faster).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>postings: who belonged where, from when to when. duties: turns of duty. radios: personal or vehicle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing aggregate analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>public event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random_time moves each event to another day at the same civil time, random_place to the place of another event of its kind; _low and _high hold 95 % of the draws. Officers are sent to incidents, and patrol where much happens: a count above the random one is an association, not an effect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>repair: make them valid and count them. skip: leave them out and count them. stop: refuse the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reported after {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reports left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same hour: the same civil hour on another day of the data, so that nights are compared with nights. any time: any moment of the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop: the import stops at the first and nothing of the file is kept. reject: the valid rows are kept, the others go to the table of rejects with their reason. Rows that only lack a position, a time or an officer never stop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 5 officer minutes a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weeks from {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:,} visits, the latest {1:,} shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (restricted)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be read now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} flags at this figure:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} layers were added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left out: a rest that may be at home, and the way to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} reports of that day, as they stand in the sources; the look is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · data as of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} officer minutes a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” cannot be filtered in its format. Save it as a GeoPackage to filter it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” does not answer now and stays as it is. Read the store again when its source is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” has a filter of its own that is a whole SELECT statement, so it is left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” has no field of times (start, time or enter), so it is not filtered by time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” has no field “{field}”, so that part of the filter does not hold there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” has no local_hour and local_weekday, and the period has more than {most} spans of hours: hours and weekdays are not filtered there. Choose a shorter period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” has no local_hour and local_weekday, and the period is open: hours and weekdays are not filtered there. Give a first and a last day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” is being edited: it is shown without the dock's filter until you stop editing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” knows days only, so hours and weekdays are not filtered there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” knows days only: none of its events is in a frame of hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{layer}” refused the filter and keeps your own. Check that your own filter works alone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ManyChoice</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (not in the data)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PeriodChoice</name>
    <message>
        <source>All the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days after {day} are still filling: they are shown, and not compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends at the last complete day: the data run over {days}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 28 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day, included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last four whole weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later days are still filling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data run over {days} only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first day is after the last one: choose an earlier first day. Still showing {days}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no data yet, so there is no last complete day.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShiftEditor</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the first ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To before</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TileView</name>
    <message>
        <source>Copy this figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return or a click shows it area by area, Ctrl+C copies it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it area by area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewsMenu</name>
    <message>
        <source>Delete a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the view “{name}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the view:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No view is saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this view…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a view “{name}” already. Replace it?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All Impact Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All days of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All resource types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All the data have no period before them: choose a shorter period to compare.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All, key or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any department or NPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates, and the earlier period they are compared with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further filters: how they moved, kinds of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours of the day and days of the week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a vehicle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incidents (calls for service)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No crimes, incidents or searches were imported yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event is marked as a key type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a bicycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On foot, in vehicles, stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing {filter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data name no department.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data name no resource type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data name no role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data name no unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The events have no category.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The movement has not been classified yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no data yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit, department, role, resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the period before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the same weeks last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v last year</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>Stopped before the end: ask again to have it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
