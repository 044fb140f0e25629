"""Ce qu'un lecteur cherche, lu dans l'adresse de la liste : une recherche se partage et se garde par son lien."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet

from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import ouvertes
from formats import dates

LONGUEUR_MAXIMALE = 200


@dataclass(frozen=True)
class Recherche:
    """Des mots, un lieu, une nature d'achat, un dernier jour. Ce qui ne se lit pas est laissé de côté."""

    mots: str
    lieu: str
    nature: str
    avant: date | None

    @property
    def en_clair(self) -> str:
        """« « toiture », « Bomy », travaux, avant le mardi 1er décembre 2026 » ; vide quand rien n'est cherché."""
        nature = Consultation.Nature(self.nature).label.lower() if self.nature else ""
        avant = f"au plus tard le {dates.jour(self._fin)}" if self._fin else ""
        cites = [f"« {texte} »" for texte in (self.mots, self.lieu) if texte]
        return ", ".join(filter(None, [*cites, nature, avant]))

    @property
    def _fin(self) -> datetime | None:
        return datetime.combine(self.avant, time.max, dates.PARIS) if self.avant else None

    def consultations(self, le: datetime) -> QuerySet[Consultation]:
        trouvees = ouvertes(le, f"{self.mots} {self.lieu}")
        if self.nature:
            trouvees = trouvees.filter(nature=self.nature)
        return trouvees.filter(date_limite_remise__lte=self._fin) if self._fin else trouvees


def lire(parametres: Mapping[str, str]) -> Recherche:
    nature = parametres.get("nature", "")
    return Recherche(
        mots=parametres.get("q", "").strip()[:LONGUEUR_MAXIMALE],
        lieu=parametres.get("lieu", "").strip()[:LONGUEUR_MAXIMALE],
        nature=nature if nature in Consultation.Nature.values else "",
        avant=_jour(parametres.get("avant", "")),
    )


def _jour(texte: str) -> date | None:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        return None
