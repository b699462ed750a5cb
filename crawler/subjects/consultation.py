"""Consultations as the crawl needs them; the reading itself is checks.consultation.period."""

from checks.consultation.period import (
    Period,
    consultation_period,
    is_consultation,
    is_feedback,
    matter_of,
)

__all__ = ["Period", "consultation_period", "is_consultation", "is_feedback", "matter_of"]
