"""The review desk: draw a sample of records, judge it blind, and conclude from it what the whole log holds."""

from answerable.review.acts import ACTS, check_acts, pin_acts, trail_of
from answerable.review.concluding import conclude
from answerable.review.conclusion import Answered, Conclusion, read_conclusions, write_conclusion
from answerable.review.desk import Desk, check_reviews, keep_sample, names, open_desk
from answerable.review.forms import Form, Question, load_form
from answerable.review.frame import Frame, records_of
from answerable.review.sample import Item, Request, Sample, make_sample

__all__ = [
    "ACTS",
    "Answered",
    "Conclusion",
    "Desk",
    "Form",
    "Frame",
    "Item",
    "Question",
    "Request",
    "Sample",
    "check_acts",
    "check_reviews",
    "conclude",
    "keep_sample",
    "load_form",
    "make_sample",
    "names",
    "open_desk",
    "pin_acts",
    "read_conclusions",
    "records_of",
    "trail_of",
    "write_conclusion",
]
