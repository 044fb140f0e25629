"""Qui entre où : l'entreprise, ses établissements, les collègues."""

from beffroi.personnes.entreprises import invitations
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, InvitationEnAttente
from tests.architecture.adresses import Adresse, Monde, connexion, publique, reserve_a_l_entreprise


def soi(monde: Monde) -> dict[str, str]:
    return {"reference": monde.membre.reference}


def collegue(monde: Monde) -> dict[str, str]:
    return {"reference": monde.collegue.reference}


def invitation(monde: Monde) -> dict[str, str]:
    """Une invitation de Kévin à Sophie, pour l'établissement où elle est
    déjà : elle seule la lit.
    """
    return {"jeton": invitations.jeton(en_attente(monde))}


def en_attente(monde: Monde) -> InvitationEnAttente:
    courriel = monde.membre.utilisateur.courriel
    attente, _ = InvitationEnAttente.objects.get_or_create(
        par=monde.collegue, courriel=courriel, defaults={"envoyee_le": monde.maintenant}
    )
    return attente


def demande(monde: Monde) -> dict[str, str]:
    """D'une personne sans équipe : elle n'attend que celle-ci."""
    attente, _ = DemandeDeRejoindre.objects.get_or_create(
        equipe=monde.membre.equipe,
        utilisateur=monde.agent_sans_role,
        defaults={"faite_le": monde.maintenant},
    )
    return {"reference": attente.reference}


def aucune_demande(monde: Monde) -> dict[str, str]:
    return {"reference": "J-22222222"}


def absent(monde: Monde) -> dict[str, str]:
    return {"reference": "M-22222222"}


FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(302)}}

ADRESSES = {
    "entreprises:entreprise": Adresse(connexion()),
    "entreprises:rattacher": Adresse(
        connexion(),
        methodes=("get", "post"),
        par_methode={"post": connexion(302)},
        donnees={"siret": "732 829 320 00074", "raison_sociale": "Atelier du Faîtage"},
    ),
    "entreprises:inviter": Adresse(
        connexion(403, entreprise=200, entreprise_etrangere=200),
        methodes=("get", "post"),
        par_methode={"post": connexion(403, entreprise=302, entreprise_etrangere=302)},
        donnees={"courriel": "nouvelle@atelier.example"},
    ),
    "entreprises:presenter": Adresse(
        connexion(403, entreprise=200, entreprise_etrangere=200),
        methodes=("get", "post"),
        par_methode={"post": connexion(403, entreprise=302, entreprise_etrangere=302)},
        donnees={"taille": "pme", "code_postal": "62960"},
    ),
    "entreprises:invitation": Adresse(
        reserve_a_l_entreprise(), invitation, lambda monde: {"jeton": "faux"}, methodes=("get",)
    ),
    "entreprises:annuler_l_invitation": Adresse(
        reserve_a_l_entreprise(),
        lambda monde: {"reference": en_attente(monde).reference},
        lambda monde: {"reference": "I-22222222"},
        **FORMULAIRE,
    ),
    "entreprises:choisir": Adresse(reserve_a_l_entreprise(302), soi, absent, methodes=("post",)),
    "entreprises:quitter": Adresse(reserve_a_l_entreprise(), soi, absent, **FORMULAIRE),
    "entreprises:demander": Adresse(reserve_a_l_entreprise(422), soi, absent, methodes=("post",)),
    "entreprises:reunir": Adresse(
        reserve_a_l_entreprise(),
        soi,
        absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_entreprise(422)},
    ),
    "entreprises:confirmer": Adresse(
        reserve_a_l_entreprise(302), demande, aucune_demande, methodes=("post",)
    ),
    "entreprises:ecarter": Adresse(reserve_a_l_entreprise(), demande, aucune_demande, **FORMULAIRE),
    "entreprises:retirer": Adresse(reserve_a_l_entreprise(), collegue, absent, **FORMULAIRE),
    # Seul un lien signé ouvre : celui-ci ne l'est pas.
    "entreprises:pas_moi": Adresse(
        publique(404),
        lambda monde: {**collegue(monde), "fait": "depart", "jeton": "U-22222222~faux"},
        lambda monde: {**absent(monde), "fait": "depart", "jeton": "U-22222222~faux"},
        methodes=("get", "post"),
    ),
}
