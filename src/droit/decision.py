"""Ce qu'une règle répond : oui ou non, et pourquoi."""

from dataclasses import dataclass, field

from droit.citation import Source


@dataclass(frozen=True)
class Motif:
    """Une raison, écrite pour la personne qui agit, et le texte qui la fonde s'il y en a un."""

    texte: str
    source: Source | None = None

    def __str__(self) -> str:
        return f"{self.texte} ({self.source})" if self.source else self.texte


@dataclass(frozen=True)
class Decision:
    """La réponse d'une règle.

    Un refus porte au moins un motif ; un accord peut en porter, comme avertissements.
    """

    favorable: bool
    motifs: tuple[Motif, ...] = field(default=())

    @classmethod
    def accord(cls, *motifs: Motif) -> "Decision":
        return cls(favorable=True, motifs=motifs)

    @classmethod
    def refus(cls, *motifs: Motif) -> "Decision":
        if not motifs:
            raise ValueError("Un refus dit pourquoi.")
        return cls(favorable=False, motifs=motifs)

    @classmethod
    def selon(cls, *motifs: Motif | None) -> "Decision":
        """Refus s'il reste un motif, accord sinon : les raisons d'abord, la réponse ensuite."""
        retenus = tuple(motif for motif in motifs if motif is not None)
        return cls(favorable=not retenus, motifs=retenus)

    def __bool__(self) -> bool:
        raise TypeError("Écrivez decision.favorable : une décision porte aussi ses motifs.")
