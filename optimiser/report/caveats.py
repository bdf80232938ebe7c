"""Lists what the model leaves out, for every output to show."""

from __future__ import annotations

LEFT_OUT = (
    "The plan is what is best on this evidence, not a forecast: it acts on the whole future of its own figures.",
    "People within a role are alike: there is no age, seniority or experience, and leavers leave at an average rate.",
    "Years are whole: vacancies within a year, winter peaks and waiting within a year are not seen.",
    "Nobody moves between areas save as the evidence says for those who complete training; patients stay.",
    "Quality, safety, staff choice, estates and equipment count only as far as the limits of the option speak of them.",
    "Demand does not answer to supply, save for the share of unmet demand the evidence lets return the next year.",
)
