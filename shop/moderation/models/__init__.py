"""Cases and what belongs to them; decisions and draws are written once (triggers refuse any change)."""

from shop.moderation.models.cases import Case, CaseState, Notice, NoticeCount, NoticeReason, Origin
from shop.moderation.models.decisions import Appeal, Decision, Execution, Measure
from shop.moderation.models.peers import Answer, Draw, PeerReview, PeerState

__all__ = [
    "Answer", "Appeal", "Case", "CaseState", "Decision", "Draw", "Execution", "Measure", "Notice", "NoticeCount",
    "NoticeReason", "Origin", "PeerReview", "PeerState",
]
