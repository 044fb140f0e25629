"""L'avis rendu : ce que l'écran en montre, et le PDF daté que l'acheteur garde."""

import io
from typing import Any

from beffroi.organismes.queries import exploitant
from beffroi.relectures import queries
from beffroi.relectures.models import Relecture
from beffroi.relectures.reprises import reprises_de
from beffroi.relectures.rules.delais import heures_ouvrees
from formats.document import Bloc, Chapitre, Document, Emetteur, Fiche, Liste, Paragraphe, gras, pdf, phrase

PORTEE = (
    "Cet avis est une assistance juridique de premier niveau. Il porte sur la conformité du règlement de la consultation "
    "et sur son accord avec la plateforme. Il ne porte ni sur l'opportunité de l'achat, ni sur les autres pièces. "
    "L'acheteur reste seul responsable de sa consultation."
)
GRAVITES = (("bloquant", "Points bloquants"), ("avertissement", "Points à relire"), ("information", "À savoir"))


def pour_l_ecran(relecture: Relecture, *, chez_l_acheteur: bool = False) -> dict[str, Any]:
    """Les constats par gravité, le texte marqué de ses changements, les remarques d'ensemble, le temps passé."""
    reprises = reprises_de(relecture, rendues_seulement=chez_l_acheteur)
    ensemble = relecture.commentaires.filter(paragraphe=None).select_related("par", "repondu_par")
    return {
        "groupes": [(titre, constats) for gravite, titre in GRAVITES if (constats := _du(relecture, gravite))],
        "paragraphes": queries.paragraphes_commentes(relecture, reprises.par_paragraphe),
        "disparues": reprises.disparues,
        "ensemble": list(ensemble),
        "precedente": queries.precedente(relecture),
        "heures": round(heures_ouvrees(relecture.demandee_le, relecture.rendue_le), 1) if relecture.rendue_le else None,
        "portee": PORTEE,
    }


def _du(relecture: Relecture, gravite: str) -> list[dict[str, Any]]:
    return [constat for constat in relecture.constats if constat["gravite"] == gravite]


def en_pdf(relecture: Relecture) -> io.BytesIO:
    """L'avis en PDF accessible : la conclusion d'abord, puis les remarques, les constats, la portée."""
    return io.BytesIO(pdf(document(relecture)))


def document(relecture: Relecture) -> Document:
    if relecture.rendue_le is None:
        raise ValueError("Un avis se rédige quand il est rendu.")
    consultation, centre = relecture.consultation, exploitant()
    return Document(
        titre=f"Avis sur le règlement : {relecture.get_avis_display().lower()}",
        objet=f"{consultation.titre} ({consultation.organisme.nom})",
        reference=f"{consultation.reference}, relecture n° {relecture.numero}",
        emetteur=Emetteur(centre.nom, centre.adresse),
        etabli_le=relecture.rendue_le,
        chapitres=tuple(chapitre for chapitre in _chapitres(relecture) if chapitre.blocs),
    )


def _chapitres(relecture: Relecture) -> tuple[Chapitre, ...]:
    return (
        Chapitre("L'avis", tuple(_conclusion(relecture))),
        Chapitre("Les remarques", tuple(_remarques(relecture))),
        *(Chapitre(titre, tuple(_constats(_du(relecture, gravite)))) for gravite, titre in GRAVITES),
        Chapitre("Ce qui n'a pas pu être lu", _liste(relecture.lacunes)),
        Chapitre("Portée de cet avis", (Paragraphe(phrase(PORTEE)),)),
    )


def _conclusion(relecture: Relecture) -> list[Bloc]:
    juriste = relecture.prise_par.nom if relecture.prise_par else ""
    lignes = (
        ("Avis", phrase(gras(relecture.get_avis_display()))),
        ("Rendu par", phrase(juriste)),
        ("Document relu", phrase(relecture.nom_du_document or "aucun règlement joint : la consultation seule")),
        ("Règles appliquées", phrase(f"version {relecture.version_des_regles}")),
    )
    observation = [Paragraphe(phrase(relecture.observation))] if relecture.observation else []
    return [Fiche(lignes), *observation]


def _remarques(relecture: Relecture) -> list[Bloc]:
    return [
        Paragraphe(
            phrase(gras(f"Paragraphe {remarque.paragraphe}. " if remarque.paragraphe else "Ensemble. "), remarque.texte)
        )
        for remarque in relecture.commentaires.all()
    ]


def _constats(constats: list[dict[str, Any]]) -> list[Bloc]:
    return [
        Paragraphe(
            phrase(
                gras(f"{constat['code']}. "),
                f"{constat['quoi']} {constat['remede']}",
                f" ({constat['source']})" if constat["source"] else "",
            )
        )
        for constat in constats
    ]


def _liste(phrases: list[str]) -> tuple[Bloc, ...]:
    return (Liste(tuple(phrase(ligne) for ligne in phrases)),) if phrases else ()
