"""Words of the filter bar that a .ui file cannot hold, translated when asked for."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject


class Words(QObject):
    """What the values of the tables, and choosing none of them, are called on the screen."""

    def of(self, column: str, value: str) -> str:
        """A value as it is read: "foot" of modes is "On foot"; other columns keep theirs, underscores apart."""
        modes = {  # the words of core's MODE_WORDS, written out for the translators
            "foot": self.tr("On foot"),
            "vehicle": self.tr("In a vehicle"),
            "bicycle": self.tr("On a bicycle"),
            "stationary": self.tr("Stopped"),
            "unknown": self.tr("Cannot tell"),
        }
        kinds = {
            "crime": self.tr("Crimes"),
            "incident": self.tr("Incidents (calls for service)"),
            "stop_search": self.tr("Stop and search"),
        }
        if not value.strip():
            return self.tr("(empty)")
        known = {"modes": modes, "kinds": kinds}.get(column, {})
        return known.get(value) or (value if column == "units" else value.replace("_", " "))

    @property
    def many(self) -> dict[str, tuple[str, str]]:
        """For each of the lists: words for all of it, and why it cannot be used where it is empty."""
        return {
            "units": (self.tr("All units"), self.tr("The data name no unit.")),
            "departments": (self.tr("Any department or NPU"), self.tr("The data name no department.")),
            "officer_roles": (self.tr("Any role"), self.tr("The data name no role.")),
            "resources": (self.tr("All resource types"), self.tr("The data name no resource type.")),
            "modes": (self.tr("On foot, in vehicles, stopped"), self.tr("The movement has not been classified yet.")),
            "kinds": (self.tr("All kinds of event"), self.tr("No crimes, incidents or searches were imported yet.")),
            "categories": (self.tr("All categories"), self.tr("The events have no category.")),
            "key_types": (self.tr("All, key or not"), self.tr("No event is marked as a key type.")),
        }

    @property
    def comparisons(self) -> dict[str, str]:
        return {
            "none": self.tr("With nothing"),
            "before": self.tr("With the period before"),
            "year": self.tr("With the same weeks last year"),
        }

    @property
    def no_data(self) -> str:
        return self.tr("There are no data yet.")

    @property
    def no_comparison(self) -> str:
        return self.tr("All the data have no period before them: choose a shorter period to compare.")

    def showing(self, filter_words: str) -> str:
        return self.tr("Showing {filter}").replace("{filter}", filter_words)

    def compared_with(self, days: str) -> str:
        return self.tr("Compared with {days}").replace("{days}", days)

    @property
    def chips(self) -> dict[str, str]:
        """The chips and what each is for."""
        return {
            "area": self.tr("Area"),
            "period": self.tr("Dates, and the earlier period they are compared with"),
            "hours": self.tr("Hours of the day and days of the week"),
            "who": self.tr("Unit, department, role, resource"),
            "more": self.tr("Further filters: how they moved, kinds of event"),
        }

    @property
    def chip_of_nothing(self) -> dict[str, str]:
        """What a chip says where it leaves nothing out."""
        return {
            "area": self.tr("All Impact Areas"),
            "hours": self.tr("Any hour"),
            "who": self.tr("All resources"),
            "more": self.tr("+ filter"),
        }

    @property
    def all_days(self) -> str:
        return self.tr("All days of the data")
