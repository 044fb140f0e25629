"""Qui entre où : demander à adhérer est à tous ; le tableau, au centre ;
sa convention, à chaque adhérent.
"""

from datetime import date

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Identite, creer_adherent
from beffroi.centre.conventions import queries
from beffroi.centre.conventions.services import assurances, avenants, demandes, litiges
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    publique,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)

ABSENTE = "CV-22222222"


def planter(monde: Monde) -> None:
    """La convention active de Bomy, avec un avenant et un litige ; une demande qui attend."""
    le = monde.maintenant
    gestes.decider_de_tout(monde.agent_exploitant, maintenant=le)
    adherent = Adherent.objects.filter(siren=monde.bomy.siren).first() or creer_adherent(
        identite=Identite(
            siren=monde.bomy.siren, siret=monde.bomy.siret, nom=monde.bomy.nom, nature="commune"
        ),
        par=PLATEFORME,
        maintenant=le,
    )
    if adherent.organisme is None:
        type(adherent).objects.filter(pk=adherent.pk).update(organisme=monde.bomy)
        adherent.refresh_from_db()
    convention = gestes.demande(adherent, maintenant=le)
    convention = gestes.envoyee(gestes.projet(convention, maintenant=le), maintenant=le)
    jour, effet = le.date(), date(2025, 6, 2)
    convention = gestes.deliberee(convention, prise_le=effet, executoire_le=effet, maintenant=le)
    convention = gestes.signee(convention, adherent_le=effet, centre_le=effet, maintenant=le)
    monde.objets["convention"] = convention = gestes.active(convention, maintenant=le)
    monde.objets["avenant"] = avenants.proposer(
        convention=convention,
        changement=avenants.Changement("La grille change.", date(jour.year + 1, 1, 1), True),
        par=PLATEFORME,
        maintenant=le,
    )
    monde.objets["litige"] = litiges.ouvrir_un_litige(
        convention=convention, objet="Compte contesté", le=jour, par=PLATEFORME, maintenant=le
    )
    litiges.noter_un_echange(
        litige=monde.objets["litige"],
        le=jour,
        de="le maire",
        texte="Il conteste.",
        fichier=None,
        par=PLATEFORME,
        maintenant=le,
    )
    monde.objets["attestation"] = assurances.garder_une_attestation(
        attestation=assurances.Attestation(
            "cyber", "Assureur", "", jour, jour, Fichier("a.pdf", gestes.PDF)
        ),
        par=PLATEFORME,
        maintenant=le,
    )
    saisie = demandes.Saisie(
        "216200535", "Commune d'Audincthun", "commune", "Hélène", "", "h@audincthun.example"
    )
    monde.objets["demande"] = demandes.demander(saisie, maintenant=le)


def une(monde: Monde, **reste: str) -> dict[str, str]:
    return {"reference": monde.objets["convention"].reference, **reste}


def fiche(monde: Monde) -> dict[str, str]:
    return une(monde)


def absente(_: Monde) -> dict[str, str]:
    return {"reference": ABSENTE}


def avec(nom: str, objet: str = "", valeur: str = ""):
    def arguments(monde: Monde) -> dict[str, str]:
        return une(monde, **{nom: monde.objets[objet].reference if objet else valeur})

    def absents(_: Monde) -> dict[str, str]:
        return {"reference": ABSENTE, nom: valeur or "XX-22222222"}

    return arguments, absents


def piece(monde: Monde) -> dict[str, str]:
    return une(
        monde, piece=monde.objets["convention"].pieces.filter(sorte="exemplaire").first().reference
    )


def notre(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret}


def notre_piece(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret, "piece": piece(monde)["piece"]}


def pas_la_notre(_: Monde) -> dict[str, str]:
    return {"siret": "21620999900011"}


LIRE, ECRIRE = ("get",), ("get", "post")
AGENTS = reserve_aux_agents(agent_sans_role=200)
FAUTE = {"post": reserve_a_l_exploitant(422)}
CENTRE = reserve_a_l_exploitant()
ADRESSES = {
    "conventions:adherer": Adresse(
        publique(), methodes=ECRIRE, par_methode={"post": publique(422)}
    ),
    "conventions:demandee": Adresse(publique()),
    "conventions:confirmer": Adresse(
        publique(),
        lambda monde: {"jeton": queries.jeton(monde.objets["demande"])},
        lambda _: {"jeton": "forge"},
    ),
    "conventions:la_notre": Adresse(AGENTS, notre, pas_la_notre),
    "conventions:notre_piece": Adresse(
        AGENTS, notre_piece, lambda _: {"siret": "21620999900011", "piece": "PC-2"}
    ),
    "conventions:quitter": Adresse(AGENTS, notre, pas_la_notre),
    "conventions:lettre_de_retrait": Adresse(
        AGENTS,
        lambda monde: {**notre(monde), "format_": "pdf"},
        lambda _: {**pas_la_notre(_), "format_": "pdf"},
    ),
    "conventions:lettre_aux_archives": Adresse(
        AGENTS,
        lambda monde: {**notre(monde), "format_": "pdf"},
        lambda _: {**pas_la_notre(_), "format_": "pdf"},
    ),
    # L'archiviste que le centre désigne n'est aucun de ceux-ci.
    "conventions:qui_finissent": Adresse(connexion(404)),
    "conventions:lettre_du_centre": Adresse(CENTRE, *avec("format_", valeur="odt")),
    "conventions:attestation": Adresse(
        reserve_aux_agents(agent_sans_role=200, agent_etranger=200, exploitant=200),
        lambda monde: {"reference": monde.objets["attestation"].reference},
        lambda _: {"reference": "AA-22222222"},
    ),
    "conventions:tableau": Adresse(CENTRE),
    "conventions:ouvrir": Adresse(CENTRE, methodes=ECRIRE, par_methode=FAUTE),
    "conventions:assurances": Adresse(CENTRE, methodes=ECRIRE, par_methode=FAUTE),
    "conventions:parametres": Adresse(CENTRE),
    "conventions:parametre": Adresse(
        CENTRE,
        lambda _: {"nom": "sigle"},
        lambda _: {"nom": "inconnu"},
        methodes=ECRIRE,
        par_methode=FAUTE,
    ),
    "conventions:convention": Adresse(CENTRE, fiche, absente),
    "conventions:piece": Adresse(
        CENTRE, piece, lambda _: {"reference": ABSENTE, "piece": "PC-222222222222"}
    ),
    "conventions:apercu": Adresse(
        CENTRE,
        lambda monde: une(monde, acte="convention", format_="pdf"),
        lambda _: {"reference": ABSENTE, "acte": "convention", "format_": "pdf"},
    ),
    "conventions:finir": Adresse(CENTRE, fiche, absente),
    "conventions:denoncer": Adresse(
        CENTRE, *avec("par", valeur="adherent"), methodes=ECRIRE, par_methode=FAUTE
    ),
    "conventions:signer_un_avenant": Adresse(
        CENTRE, *avec("avenant", "avenant"), methodes=ECRIRE, par_methode=FAUTE
    ),
    "conventions:litige": Adresse(
        CENTRE, *avec("litige", "litige"), methodes=ECRIRE, par_methode=FAUTE
    ),
    "conventions:tribunal": Adresse(
        CENTRE,
        *avec("litige", "litige"),
        methodes=ECRIRE,
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
    "conventions:issue": Adresse(
        CENTRE, *avec("litige", "litige"), methodes=ECRIRE, par_methode=FAUTE
    ),
    "conventions:agir": Adresse(
        CENTRE, *avec("acte", valeur="litige"), methodes=ECRIRE, par_methode=FAUTE
    ),
}
