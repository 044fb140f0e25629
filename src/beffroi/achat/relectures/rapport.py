"""L'avis rendu : ce que l'écran en montre, et le PDF daté que l'acheteur garde."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from beffroi.achat.relectures import points, queries
from beffroi.achat.relectures.models import Commentaire, Relecture
from beffroi.achat.relectures.reprises import reprises_de
from beffroi.personnes.organismes.queries import exploitant
from formats.dates import jour
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    Paragraphe,
    gras,
    pdf,
    phrase,
)

PORTEE = (
    "Cet avis est une assistance juridique de premier niveau. "
    "Il porte sur la conformité du règlement de la consultation "
    "et sur son accord avec la plateforme. Il ne porte ni sur l'opportunité de l'achat, "
    "ni sur les autres pièces. "
    "L'acheteur reste seul responsable de sa consultation."
)
GRAVITES = (
    ("bloquant", "Points bloquants"),
    ("avertissement", "Points à relire"),
    ("information", "À savoir"),
)


def pour_l_ecran(relecture: Relecture, *, chez_l_acheteur: bool = False) -> dict[str, Any]:
    """Les constats par gravité, le texte marqué de ses changements,
    les remarques d'ensemble, le temps passé.
    """
    reprises = reprises_de(relecture, rendues_seulement=chez_l_acheteur)
    ensemble = relecture.commentaires.filter(paragraphe=None).select_related("par", "repondu_par")
    releves = points.points(relecture)
    return {
        "groupes": _par_gravite(releves),
        "sans_place": _par_gravite([un for un in releves if not un.get("paragraphe")]),
        "points_en_bref": points.resume(releves),
        "restent": sum(un["decision"] is None for un in releves),
        "paragraphes": queries.paragraphes_commentes(
            relecture, reprises.par_paragraphe, constats=releves
        ),
        "disparues": reprises.disparues,
        "ensemble": list(ensemble),
        "precedente": queries.precedente(relecture),
        "heures": round(heures, 1)
        if (heures := queries.heures_de_travail(relecture)) is not None
        else None,
        "portee": PORTEE,
    }


def _par_gravite(constats: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    tries = ((titre, _de(constats, gravite)) for gravite, titre in GRAVITES)
    return [(titre, siens) for titre, siens in tries if siens]


def _de(constats: list[dict[str, Any]], gravite: str) -> list[dict[str, Any]]:
    return [constat for constat in constats if constat["gravite"] == gravite]


def en_pdf(relecture: Relecture) -> io.BytesIO:
    """L'avis en PDF accessible :
    la conclusion d'abord, puis les remarques, les constats, la portée.
    """
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
    releves = points.points(relecture)
    return (
        Chapitre("L'avis", tuple(_conclusion(relecture))),
        Chapitre("Les remarques", tuple(_remarques(relecture))),
        *(Chapitre(titre, tuple(_constats(siens))) for titre, siens in _par_gravite(releves)),
        Chapitre("Ce que l'acheteur garde tel quel", tuple(_gardes(relecture))),
        Chapitre(
            "À regarder par une personne",
            _liste([f"{q['code']} : {q['texte']}" for q in relecture.questions]),
        ),
        Chapitre("Ce qui n'a pas pu être lu", _liste(relecture.lacunes)),
        Chapitre("Portée de cet avis", (Paragraphe(phrase(PORTEE)),)),
    )


def _liste(textes: Iterable[str]) -> tuple[Bloc, ...]:
    lignes = tuple(phrase(texte) for texte in textes)
    return (Liste(lignes),) if lignes else ()


def _conclusion(relecture: Relecture) -> list[Bloc]:
    juriste = relecture.prise_par.nom if relecture.prise_par else ""
    lignes = (
        ("Avis", phrase(gras(relecture.get_avis_display()))),
        ("Rendu par", phrase(juriste)),
        (
            "Document relu",
            phrase(relecture.nom_du_document or "aucun règlement joint : la consultation seule"),
        ),
        ("Règles appliquées", phrase(f"version {relecture.version_des_regles}")),
    )
    observation = [Paragraphe(phrase(relecture.observation))] if relecture.observation else []
    return [Fiche(lignes), *observation]


def _remarques(relecture: Relecture) -> list[Bloc]:
    return [bloc for remarque in relecture.commentaires.all() for bloc in _remarque(remarque)]


def _remarque(remarque: Commentaire) -> Iterator[Bloc]:
    ou = f"Paragraphe {remarque.paragraphe}. " if remarque.paragraphe else "Ensemble. "
    yield Paragraphe(phrase(gras(ou), remarque.texte))
    if remarque.reponse:
        yield Paragraphe(phrase("Réponse de l'acheteur : ", remarque.reponse))


def _gardes(relecture: Relecture) -> Iterator[Bloc]:
    """Passer outre se fait nommément, avec sa raison : le rapport la garde (REQ-32)."""
    for garde in relecture.consultation.passes_outre.select_related("par"):
        yield Paragraphe(
            phrase(
                gras(f"{garde.code}. "),
                f"{garde.constat} Gardé par {garde.par.nom}, {jour(garde.le)} : {garde.motif}",
            )
        )


def _constats(constats: list[dict[str, Any]]) -> list[Bloc]:
    return [
        Paragraphe(phrase(gras(f"{constat['code']}. "), " ".join(filter(None, _details(constat)))))
        for constat in constats
    ]


def _details(constat: dict[str, Any]) -> Iterator[str]:
    """Ce qui est en cause, où, ce qui y est écrit, ce qui devrait l'être, et d'où cela vient."""
    yield constat["quoi"]
    for intitule, valeur in (
        ("Où", constat["place"]),
        ("Trouvé", constat["trouve"]),
        ("Attendu", constat["attendu"]),
    ):
        if valeur:
            yield f"{intitule} : {valeur}."
    yield constat["remede"]
    if constat["doute"]:
        yield f"Pas sûr : {constat['doute']}"
    if constat["source"]:
        yield f"({constat['source']})"
    if decision := constat["decision"]:
        yield f"{decision.get_issue_display()} par le juriste{_motif(decision.motif)}."


def _motif(motif: str) -> str:
    return f" : {motif.removesuffix('.')}" if motif else ""
