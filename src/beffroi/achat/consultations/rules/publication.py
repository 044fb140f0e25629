"""Ce qu'on vérifie avant de publier : ce qui l'empêche, ce qui mérite un second regard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.achat.consultations.states import Etat
from beffroi.personnes.cles import rules as regles_des_cles
from droit.citation import Article
from droit.decision import Decision, Motif

RETARD_A_DIRE = timedelta(minutes=1)
BLOQUANT, AVERTISSEMENT, ACQUIS = "bloquant", "avertissement", "acquis"


@dataclass(frozen=True)
class FaitsDePublication:
    """L'état d'un brouillon au moment où on veut le publier :
    les documents, les personnes, les clés.

    `ecarts` : ce que les contrôles disent de l'achat, de son règlement et de ses avis ;
    eux seuls jugent l'objet, les dates, le dossier.
    """

    nombre_de_documents: int
    pieces_de_candidature: int
    pieces_d_offre: int
    politique: str
    membres_designes: frozenset[str]
    membres_porteurs: frozenset[str]
    membres_prets: frozenset[str]
    cles_posees: bool
    gardiens_prets: int
    organisme_actif: bool
    ecarts: tuple["Controle", ...] = ()
    reservee: bool = False
    invitees: int = 0


@dataclass(frozen=True)
class Controle:
    """Une ligne de la page « Vérifier » :
    la gravité, la phrase, le texte de loi, et la tâche qui la corrige.

    `garder` : la page où l'on passe outre en disant pourquoi ; vide si cela ne se peut pas. `url` :
    la page qui corrige, quand ce n'est pas celle d'une tâche. `quoi` et `remede` : les deux parts
    de la phrase, pour qui la montre en court.
    """

    gravite: str
    texte: str
    tache: str
    source: str = ""
    garder: str = ""
    url: str = ""
    quoi: str = ""
    remede: str = ""


def controles(faits: FaitsDePublication) -> tuple[Controle, ...]:
    """Tous les contrôles, les empêchements d'abord."""
    lignes = (
        *_organisme(faits),
        *_invitees(faits),
        *_documents(faits),
        *_pieces(faits),
        *_membres(faits),
        *_cles(faits),
        *faits.ecarts,
    )
    ordre = {BLOQUANT: 0, AVERTISSEMENT: 1, ACQUIS: 2}
    return tuple(sorted(lignes, key=lambda ligne: ordre[ligne.gravite]))


def peut_etre_publiee(faits: FaitsDePublication) -> Decision:
    """Une consultation se publie complète :
    objet, délai, documents, personnes et clés (CCP, art. R. 2132-2).
    """
    empechements = [ligne for ligne in controles(faits) if ligne.gravite == BLOQUANT]
    return Decision.selon(*(Motif(ligne.texte) for ligne in empechements))


def peut_publier(*, a_deux: bool, redacteur: str, publieur: str) -> Decision:
    """Quand l'organisme publie à deux, la personne qui publie n'est pas celle qui a rédigé."""
    if a_deux and redacteur == publieur:
        return Decision.refus(
            Motif(
                "Votre organisme publie à deux. Une autre personne que vous doit relire, "
                "puis publier."
            )
        )
    return Decision.accord()


def peut_etre_soumise(*, valideurs: int) -> Decision:
    """On ne demande pas de valider à personne : la demande resterait sans réponse."""
    if valideurs:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Personne d'autre que vous ne peut publier. "
            "Demandez à l'administrateur de votre organisme de donner le rôle "
            "« valideur » à une autre personne."
        )
    )


def peut_etre_rendue(*, redacteur: str, par: str, motif: str) -> Decision:
    """Qui refuse de publier dit pourquoi à qui a rédigé ;
    celle-ci reprend son brouillon quand elle veut.
    """
    if motif or redacteur == par:
        return Decision.accord()
    return Decision.refus(
        Motif("Dites pourquoi : la personne qui a rédigé doit savoir quoi corriger.")
    )


def peut_etre_programmee(*, prevue_le: datetime, maintenant: datetime) -> Decision:
    """On programme une publication à venir ; ce qui est passé se publie tout de suite."""
    if prevue_le > maintenant:
        return Decision.accord()
    return Decision.refus(
        Motif("L'heure dite est déjà passée. Choisissez une heure à venir, ou publiez maintenant.")
    )


def est_en_retard(*, prevue_le: datetime | None, publiee_le: datetime | None) -> bool:
    """Publiée bien après l'heure dite : le service était arrêté, et cela se dit."""
    if prevue_le is None or publiee_le is None:
        return False
    return publiee_le - prevue_le > RETARD_A_DIRE


def _organisme(faits: FaitsDePublication) -> Iterable[Controle]:
    if not faits.organisme_actif:
        yield Controle(
            BLOQUANT,
            "Votre organisme ne peut plus créer de consultation. Appelez l'assistance.",
            "achat",
        )


def _invitees(faits: FaitsDePublication) -> Iterable[Controle]:
    """Une consultation réservée a ses invitées ;
    une consultation qui en a ne devient jamais publique (R. 2162-10).
    """
    if faits.reservee != bool(faits.invitees):
        texte = (
            "Aucun titulaire n'est invité : ouvrez la remise en concurrence depuis l'accord-cadre."
            if faits.reservee
            else (
                "Cette consultation est réservée aux titulaires d'un accord-cadre : "
                "elle ne se publie pas pour tous."
            )
        )
        yield Controle(BLOQUANT, texte, "achat", "CCP, art. R. 2162-10")
    elif faits.reservee:
        yield Controle(
            ACQUIS,
            _compte(faits.invitees, "titulaire est invité", "titulaires sont invités"),
            "achat",
        )


def _documents(faits: FaitsDePublication) -> Iterable[Controle]:
    if faits.nombre_de_documents:
        joints = _compte(faits.nombre_de_documents, "document est joint", "documents sont joints")
        yield Controle(ACQUIS, joints, "documents")


def _pieces(faits: FaitsDePublication) -> Iterable[Controle]:
    total = faits.pieces_de_candidature + faits.pieces_d_offre
    if not faits.pieces_d_offre:
        yield Controle(AVERTISSEMENT, "Aucune pièce n'est attendue dans l'offre.", "pieces")
    if not faits.pieces_de_candidature and not faits.reservee:
        yield Controle(AVERTISSEMENT, "Aucune pièce n'est attendue dans la candidature.", "pieces")
    if total:
        yield Controle(
            ACQUIS, _compte(total, "pièce est attendue", "pièces sont attendues"), "pieces"
        )


def _membres(faits: FaitsDePublication) -> Iterable[Controle]:
    decision = regles_des_cles.membres_suffisants(
        politique=faits.politique, nombre=len(faits.membres_designes)
    )
    if decision.favorable:
        yield Controle(
            ACQUIS,
            _compte(len(faits.membres_designes), "personne ouvrira", "personnes pourront ouvrir"),
            "membres",
        )
    yield from _refus(decision, "membres")
    yield from _refus(regles_des_cles.gardiens_suffisants(faits.gardiens_prets), "cles")


def _cles(faits: FaitsDePublication) -> Iterable[Controle]:
    if not faits.cles_posees:
        yield Controle(
            BLOQUANT,
            "Les clés de scellement ne sont pas créées.",
            "cles",
            str(regles_des_cles.CONFIDENTIALITE),
        )
        return
    yield Controle(ACQUIS, "Les deux clés sont créées.", "cles")
    if faits.membres_designes != faits.membres_porteurs:
        yield Controle(
            BLOQUANT,
            (
                "Les personnes qui ouvrent ont changé depuis la création des clés. "
                "Créez les clés de nouveau."
            ),
            "cles",
        )
    minimum = regles_des_cles.MEMBRES_MINIMUM.get(faits.politique, 0)
    if len(faits.membres_prets) < minimum:
        reussis = _compte(
            len(faits.membres_prets), "personne a réussi", "personnes ont réussi"
        ).removesuffix(".")
        yield Controle(BLOQUANT, f"{reussis} l'essai de sa clé ; il en faut {minimum}.", "cles")
    else:
        yield Controle(ACQUIS, "Assez de personnes ont réussi l'essai de leur clé.", "cles")


def _compte(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {un if nombre < 2 else plusieurs}."


def _refus(decision: Decision, tache: str) -> Iterable[Controle]:
    if not decision.favorable:
        yield from (_ligne(BLOQUANT, motif, tache) for motif in decision.motifs)


def _ligne(gravite: str, motif: Motif, tache: str) -> Controle:
    return Controle(gravite, motif.texte, tache, str(motif.source) if motif.source else "")


def peut_etre_modifiee(*, etat: str) -> Decision:
    """Seul un brouillon se modifie librement ;
    publiée, une consultation change par des actes visibles.
    """
    if etat == Etat.BROUILLON:
        return Decision.accord()
    if etat == Etat.EN_RELECTURE:
        return Decision.refus(
            Motif("La consultation attend d'être validée. Reprenez le brouillon pour la modifier.")
        )
    if etat == Etat.PROGRAMMEE:
        return Decision.refus(
            Motif(
                "La publication est programmée : rien ne change avant. "
                "Annulez-la pour modifier la consultation."
            )
        )
    return Decision.refus(
        Motif("La consultation est publiée : elle ne se modifie plus comme un brouillon.")
    )


def peut_changer_un_document(
    *, etat: str, limite: datetime | None, maintenant: datetime
) -> Decision:
    """Un document publié se remplace par une version nouvelle,
    avant l'heure limite (CCP, art. R. 2151-4).
    """
    if etat == Etat.PUBLIEE and limite is not None and maintenant < limite:
        return Decision.accord()
    return Decision.refus(
        Motif("Les documents ne changent plus après l'heure limite.", Article("CCP", "R. 2151-4"))
    )


def peut_etre_declaree_sans_suite(*, motif: str) -> Decision:
    """L'acheteur qui renonce dit pourquoi aux entreprises (CCP, art. R. 2185-1 et R. 2185-2)."""
    if motif.strip():
        return Decision.accord()
    return Decision.refus(
        Motif("Dites pourquoi : les entreprises doivent le savoir.", Article("CCP", "R. 2185-2"))
    )
