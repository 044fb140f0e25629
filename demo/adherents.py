"""L'annuaire de la démonstration :
trois communes actives, un CCAS qui compte avec la sienne, une commune reprise.
"""

from datetime import date, datetime

from beffroi.centre.adherents import services
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Administrateur, Identite, Justificatif, Personne
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from demo import documents
from demo.peuplement import Troupe

CCAS, CAISSE, EPCI, REPRISE = "999620123", "999620222", "999620321", "999620420"


def raconter(troupe: Troupe, *, le: datetime) -> None:
    inscrits = {
        nom: inscrire(troupe, organisme, le=le)
        for nom, organisme in troupe.organismes.items()
        if nom != "cdg"
    }
    bomy = inscrits["Bomy"]
    ccas = creer(troupe, CCAS, "CCAS de Bomy", "ccas", rattache_a=bomy, le=le)
    creer(troupe, CAISSE, "Caisse des écoles de Bomy", "caisse_des_ecoles", rattache_a=bomy, le=le)
    creer(troupe, EPCI, "Communauté de communes des Collines inventées", "epci", le=le)
    for adherent, agents, annee in (
        (bomy, 11, le.year - 1),
        (bomy, 12, le.year),
        (ccas, 3, le.year),
    ):
        declarer(adherent, agents, annee, troupe, le=le)
    maire = Personne(
        "signataire",
        "Hélène Duriez",
        "maire",
        "helene@bomy.example",
        depuis_le=date(le.year - 1, 7, 4),
    )
    services.ecrire_contact(
        adherent=bomy, personne=maire, par=gestionnaire(troupe).acteur, maintenant=le
    )
    reprise = creer(troupe, REPRISE, "Commune de Haut-Bomy", "commune", le=le)
    services.faire_succeder(
        adherent=reprise,
        successeur=bomy,
        le=date(le.year, 1, 1),
        par=gestionnaire(troupe).acteur,
        maintenant=le,
    )


def gestionnaire(troupe: Troupe) -> Utilisateur:
    return troupe.personnes["nadege"]


def inscrire(troupe: Troupe, organisme: Organisme, *, le: datetime) -> Adherent:
    """La commune dont l'organisme est déjà ouvert :
    l'activation le reconnaît, et n'invite personne.
    """
    identite = Identite(
        siren=organisme.siren,
        nom=organisme.nom,
        nature="commune",
        siret=organisme.siret,
        code_commune=organisme.code_commune,
        adresse=organisme.adresse,
        code_postal=organisme.code_postal,
        ville=organisme.ville,
        courriel=organisme.courriel,
        telephone=organisme.telephone,
    )
    par = gestionnaire(troupe).acteur
    adherent = services.creer_adherent(identite=identite, par=par, maintenant=le)
    services.activer(
        adherent=adherent, administrateur=Administrateur("", ""), par=par, maintenant=le
    )
    adherent.refresh_from_db()
    return adherent


def creer(
    troupe: Troupe,
    siren: str,
    nom: str,
    nature: str,
    *,
    rattache_a: Adherent | None = None,
    le: datetime,
) -> Adherent:
    return services.creer_adherent(
        identite=Identite(siren=siren, nom=nom, nature=nature, ville="Bomy", code_postal="62960"),
        rattache_a=rattache_a,
        par=gestionnaire(troupe).acteur,
        maintenant=le,
    )


def declarer(adherent: Adherent, agents: int, annee: int, troupe: Troupe, *, le: datetime) -> None:
    etat = documents.pdf("État du personnel", adherent.nom, annee=str(annee), agents=str(agents))
    services.declarer_l_effectif(
        adherent=adherent,
        annee=annee,
        agents=agents,
        constate_le=date(annee, 1, 1),
        justificatif=Justificatif(f"état du personnel {annee}.pdf", etat),
        par=troupe.personnes["martine"],
        maintenant=le,
    )
