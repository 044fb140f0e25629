"""Qui entre où : l'annuaire du centre, l'adhésion d'un organisme."""

from beffroi.centre.adherents import services
from beffroi.centre.adherents.services import Identite, Justificatif, Personne
from beffroi.centre.adherents.services.imports import deposer_un_tableau
from beffroi.centre.adherents.services.imports_effectifs import deposer_des_effectifs
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)

FORMULAIRE = ("get", "post")
SIREN_ABSENT = "999999998"


def planter(monde: Monde) -> None:
    """Bomy est active, avec un effectif et un signataire ; le CCAS, sans SIRET, attend."""
    identite = Identite(
        siren=monde.bomy.siren, nom="Commune de Bomy", nature="commune", siret=monde.bomy.siret
    )
    bomy = services.creer_adherent(identite=identite, par=PLATEFORME, maintenant=monde.maintenant)
    administrateur = services.Administrateur(courriel=monde.agent.courriel, nom=monde.agent.nom)
    services.activer(
        adherent=bomy, administrateur=administrateur, par=PLATEFORME, maintenant=monde.maintenant
    )
    services.declarer_l_effectif(
        adherent=bomy,
        annee=2025,
        agents=12,
        constate_le=monde.maintenant.date(),
        justificatif=Justificatif("effectif-secret-de-bomy.pdf", b"%PDF etat"),
        par=monde.agent,
        maintenant=monde.maintenant,
    )
    monde.objets["adherent"] = bomy
    monde.objets["contact"] = services.ecrire_contact(
        adherent=bomy,
        personne=Personne("signataire", "Hélène Duriez"),
        par=PLATEFORME,
        maintenant=monde.maintenant,
    )
    monde.objets["import"] = deposer_un_tableau(
        nom="adherents.csv",
        octets=b"siren\n1\n",
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.objets["import_d_effectifs"] = deposer_des_effectifs(
        sorte="effectifs",
        nom="effectifs.csv",
        octets=b"siren;agents;date\n1;2;01/01/2025\n",
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.secrets.add("effectif-secret-de-bomy.pdf")


def adherent(monde: Monde) -> dict[str, str]:
    return {"siren": monde.objets["adherent"].siren}


def absent(monde: Monde) -> dict[str, str]:
    return {"siren": SIREN_ABSENT}


def contact(monde: Monde) -> dict[str, str]:
    return {**adherent(monde), "reference": monde.objets["contact"].reference}


def contact_absent(monde: Monde) -> dict[str, str]:
    return {**absent(monde), "reference": "CO-22222222"}


def organisme(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret}


def organisme_absent(monde: Monde) -> dict[str, str]:
    return {"siret": "21620999900011"}


def lu_par_tous_les_agents() -> dict[str, int]:
    return dict(reserve_aux_agents(agent_sans_role=200))


def un_formulaire(
    arguments=adherent, absents=absent, *, poste: int = 422, **donnees: object
) -> Adresse:
    return Adresse(
        reserve_a_l_exploitant(),
        arguments,
        absents,
        FORMULAIRE,
        donnees,
        par_methode={"post": reserve_a_l_exploitant(poste)},
    )


ADRESSES = {
    "adherents:liste": Adresse(reserve_a_l_exploitant()),
    "adherents:exporter": Adresse(reserve_a_l_exploitant()),
    "adherents:creer": Adresse(
        reserve_a_l_exploitant(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "adherents:fiche": Adresse(reserve_a_l_exploitant(), adherent, absent),
    "adherents:trouver": Adresse(reserve_a_l_exploitant()),
    "adherents:noter_l_appel": un_formulaire(),
    "adherents:importer": Adresse(
        reserve_a_l_exploitant(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "adherents:modele": Adresse(reserve_a_l_exploitant()),
    "adherents:relire": un_formulaire(
        lambda monde: {"reference": monde.objets["import"].reference},
        lambda monde: {"reference": "IA-22222222"},
    ),
    "adherents:importer_des_effectifs": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {"sorte": "effectifs"},
        lambda monde: {"sorte": "bijoux"},
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "adherents:modele_d_effectifs": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {"sorte": "populations"},
        lambda monde: {"sorte": "bijoux"},
    ),
    "adherents:relire_des_effectifs": un_formulaire(
        lambda monde: {"reference": monde.objets["import_d_effectifs"].reference},
        lambda monde: {"reference": "IE-22222222"},
    ),
    "adherents:modifier": un_formulaire(),
    "adherents:rattacher": un_formulaire(siren="12"),
    "adherents:succession": un_formulaire(),
    "adherents:activer": un_formulaire(),
    "adherents:declarer_au_centre": un_formulaire(),
    "adherents:justificatif_au_centre": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {**adherent(monde), "annee": 2025},
        lambda monde: {**absent(monde), "annee": 2025},
    ),
    "adherents:ajouter_un_contact": un_formulaire(),
    "adherents:corriger_un_contact": un_formulaire(contact, contact_absent),
    "adherents:retirer_un_contact": un_formulaire(contact, contact_absent, poste=302),
    "adherents:mon_adhesion": Adresse(
        connexion(agent=302, agent_sans_role=302, agent_etranger=302)
    ),
    "adherents:adhesion": Adresse(lu_par_tous_les_agents(), organisme, organisme_absent),
    "adherents:declarer": Adresse(
        reserve_aux_agents(),
        organisme,
        organisme_absent,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "adherents:mon_justificatif": Adresse(
        reserve_aux_agents(),
        lambda monde: {**organisme(monde), "annee": 2025},
        lambda monde: {**organisme_absent(monde), "annee": 2025},
    ),
    "adherents:demenagee": Adresse(
        connexion(308),
        lambda monde: {**organisme(monde), "rubrique": "convention", "suite": "pieces/PC-2/"},
        lambda monde: {
            **organisme_absent(monde),
            "rubrique": "convention",
            "suite": "pieces/PC-2/",
        },
    ),
}
