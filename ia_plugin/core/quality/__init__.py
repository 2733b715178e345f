"""What an analyst must know of the data before trusting a figure made of it: findings, each with its number."""

from .assessment import assess
from .findings import QualityReport
from .page import quality_page

__all__ = ["QualityReport", "assess", "quality_page"]
