"""L'examen d'un achat et de son règlement, en valeurs que la relecture garde."""

from datetime import datetime
from typing import Any

from beffroi.achat.controles.rules import Constat, controler, controler_le_connu
from beffroi.achat.relectures.ports import Examen
from droit.achat import Achat
from droit.en_vigueur import Droit
from formats.dates import PARIS
from formats.lecture import Texte


def examiner(
    achat: Achat,
    texte: Texte | None,
    *,
    le: datetime,
    prepare: bool = True,
    actes: tuple[Texte, ...] = (),
) -> Examen:
    """Tous les contrôles, aux valeurs de la loi du jour où l'avis doit
    partir, au plus tôt aujourd'hui.
    """
    aujourdhui = le.astimezone(PARIS).date()
    envoi = achat.dates.envoi_de_l_avis
    droit = Droit.au(max(envoi, aujourdhui) if envoi else aujourdhui)
    rapport = (controler if prepare else controler_le_connu)(achat, texte, droit, le, actes=actes)
    return Examen(
        constats=[_en_valeurs(constat) for constat in rapport.par_gravite],
        questions=[{"code": q.code, "titre": q.titre, "texte": q.texte} for q in rapport.questions],
        version=str(rapport.regles),
        lacunes=list(rapport.lacunes),
    )


def _en_valeurs(constat: Constat) -> dict[str, Any]:
    return {
        "code": constat.code,
        "gravite": constat.gravite.value,
        "quoi": constat.quoi,
        "remede": constat.remede,
        "pourquoi": constat.pourquoi.texte,
        "source": str(constat.pourquoi.source or ""),
        "champ": constat.champ,
        "place": constat.place,
        "paragraphe": constat.paragraphe,
        "trouve": constat.trouve,
        "attendu": constat.attendu,
        "doute": constat.doute,
        "se_garde": constat.se_garde,
    }
