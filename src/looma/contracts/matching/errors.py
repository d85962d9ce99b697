"""Why matching refuses."""

from looma.platform.errors import Conflict, Invalid, NotFound


class NothingToMatch(NotFound):
    """The talent has no résumé that could be matched."""

    code = "matching.no_resume"


class MatchRunNotFound(NotFound):
    """There is no such run in the history."""

    code = "matching.run_not_found"


class WeightsConflict(Conflict):
    """The weights have another version than the one that the caller insisted on."""

    code = "matching.weights_conflict"


class CriteriaConflict(Conflict):
    """The changes of a job's criteria have another version than the one that the caller insisted on."""

    code = "matching.criteria_conflict"


class UnknownCriterion(Invalid):
    """The job asks for nothing that has this id."""

    code = "matching.unknown_criterion"
