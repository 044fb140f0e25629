"""La CAO de la démonstration : une réunion close, une qui se tient, une annulée ;
et un jury, devant des projets sans nom.
"""

from datetime import datetime, timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions import services
from beffroi.choix.commissions.models import Commission, Reunion
from beffroi.choix.commissions.mots import Fonction, Objet, Sorte
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services import (
    Affaire,
    PresenceNotee,
    ProjetDeMembre,
    ProjetDeReunion,
)
from beffroi.reponse.depots.models import Pli
from demo.peuplement import Troupe

TITULAIRES = ("bernard", "yvette")
SANS_COMPTE = (
    ("Joseph Delplace", "conseiller municipal", Fonction.TITULAIRE),
    ("Marcelle Brunel", "conseillère municipale", Fonction.SUPPLEANT),
    ("Lucien Roche", "conseiller municipal", Fonction.SUPPLEANT),
    ("Anne Delattre", "conseillère municipale", Fonction.SUPPLEANT),
    ("Paul Vasseur", "comptable public", Fonction.CONSULTATIF),
)
JURES = (
    ("Joseph Delplace", "conseiller municipal", Fonction.PRESIDENT),
    ("Ada Pierre", "architecte", Fonction.TITULAIRE),
    ("Rose Lemaire", "directrice de l'école", Fonction.TITULAIRE),
)
LIEU = "Salle du conseil, 1 place de la Mairie"


def creer(troupe: Troupe, *, le: datetime) -> Commission:
    """La maire préside ; trois titulaires, trois suppléants, le comptable."""
    par = troupe.personnes["martine"]
    commission = services.creer_une_commission(
        organisme=troupe.organismes["Bomy"],
        projet=services.ProjetDeCommission("Commission d'appel d'offres", voix_preponderante=True),
        par=par,
        maintenant=le,
    )
    membres = [
        ProjetDeMembre(personne.nom, fonction, personne.qualite, personne.courriel)
        for cle, fonction in (
            ("helene", Fonction.PRESIDENT),
            *((cle, Fonction.TITULAIRE) for cle in TITULAIRES),
        )
        for personne in [troupe.personnes[cle]]
    ]
    membres += [ProjetDeMembre(nom, fonction, qualite) for nom, qualite, fonction in SANS_COMPTE]
    for projet in membres:
        services.ajouter_un_membre(commission=commission, projet=projet, par=par, maintenant=le)
    return commission


def choisir(
    commission: Commission, consultation: Consultation, pli: Pli, troupe: Troupe, *, le: datetime
) -> Reunion:
    """Convoquée six jours avant ;
    un absent remplacé, un retrait, un vote, une observation, close.
    """
    par = troupe.personnes["martine"]
    reunion = convoquer(
        commission, [Affaire(consultation)], troupe, le=le - timedelta(days=7), prevue_le=le
    )
    sieges = {siege.nom: siege for siege in reunion.sieges.all()}
    notees = {
        siege.pk: PresenceNotee("present")
        for siege in sieges.values()
        if siege.fonction != Fonction.SUPPLEANT
    }
    notees[sieges["Joseph Delplace"].pk] = PresenceNotee("absent", sieges["Marcelle Brunel"].pk)
    services.noter_les_presences(
        reunion=reunion, presences=notees, vue=version(reunion), par=par, maintenant=le
    )
    point = reunion.points.get()
    yvette = sieges[troupe.personnes["yvette"].nom]
    services.noter_un_deport(
        siege=yvette, point=point, motif="Un parent y travaille.", par=par, maintenant=le
    )
    projet = services.ProjetDeVote(Vote(3, 0, 0), f"Attribuer à {pli.equipe.nom}", pli)
    services.voter(
        point=point,
        projet=projet,
        vue=version(reunion),
        par=par,
        maintenant=le + timedelta(minutes=20),
    )
    services.observer(
        reunion=reunion,
        nom="Paul Vasseur, comptable public",
        texte="Les crédits sont ouverts au budget.",
        par=par,
        maintenant=le + timedelta(minutes=25),
    )
    fin = le + timedelta(minutes=30)
    return services.clore(reunion=reunion, vue=version(reunion), par=par, maintenant=fin)


def version(reunion: Reunion) -> int:
    return Reunion.objects.values_list("version", flat=True).get(pk=reunion.pk)


def convoquer(
    commission: Commission,
    affaires: list[Affaire],
    troupe: Troupe,
    *,
    le: datetime,
    prevue_le: datetime,
) -> Reunion:
    par = troupe.personnes["martine"]
    projet = ProjetDeReunion(prevue_le=prevue_le, lieu=LIEU, affaires=affaires, a_distance=True)
    reunion = services.preparer_une_reunion(
        commission=commission, projet=projet, par=par, maintenant=le
    )
    return services.convoquer(
        reunion=reunion, motif="", par=par, maintenant=le + timedelta(minutes=5)
    )


def reunir(troupe: Troupe, consultation: Consultation, *, le: datetime) -> None:
    """Une réunion commencée, où le quorum est noté et rien n'est voté ;
    une autre, qui attend d'être convoquée.
    """
    par = troupe.personnes["martine"]
    commission = Commission.objects.get(organisme=troupe.organismes["Bomy"])
    debut = le - timedelta(minutes=30)
    affaires = [Affaire(consultation, objet=Objet.AVIS)]
    reunion = convoquer(commission, affaires, troupe, le=le - timedelta(days=7), prevue_le=debut)
    notees = {
        siege.pk: PresenceNotee("distance" if siege.fonction == Fonction.TITULAIRE else "present")
        for siege in reunion.sieges.exclude(fonction=Fonction.SUPPLEANT)
    }
    services.noter_les_presences(
        reunion=reunion, presences=notees, vue=version(reunion), par=par, maintenant=debut
    )
    projet = ProjetDeReunion(prevue_le=le + timedelta(days=12), lieu=LIEU, affaires=affaires)
    services.preparer_une_reunion(
        commission=commission, projet=projet, par=par, maintenant=le - timedelta(hours=1)
    )
    _annuler(commission, affaires, troupe, le=le)
    _juger(troupe, consultation, le=le)


def _annuler(
    commission: Commission, affaires: list[Affaire], troupe: Troupe, *, le: datetime
) -> None:
    """Une réunion convoquée, qui ne se tiendra pas."""
    semaine, jour = timedelta(days=7), timedelta(days=1)
    reunion = convoquer(commission, affaires, troupe, le=le - semaine, prevue_le=le + jour)
    par = troupe.personnes["martine"]
    services.annuler(
        reunion=reunion, motif="La salle du conseil est inondée.", par=par, maintenant=le - jour
    )


def _juger(troupe: Troupe, consultation: Consultation, *, le: datetime) -> None:
    """Un jury de personnes sans compte, ses présents notés, ses projets sous leur lettre.

    Une seule a la qualification.
    """
    acte: dict[str, Any] = {
        "par": troupe.personnes["martine"],
        "maintenant": le - timedelta(days=8),
    }
    projet = services.ProjetDeCommission(
        "Jury de l'extension de l'école", Sorte.JURY, qualification="architecte"
    )
    jury = services.creer_une_commission(organisme=troupe.organismes["Bomy"], projet=projet, **acte)
    for nom, qualite, fonction in JURES:
        membre = ProjetDeMembre(nom, fonction, qualite, qualifie=qualite == "architecte")
        services.ajouter_un_membre(commission=jury, projet=membre, **acte)
    debut = le - timedelta(minutes=40)
    affaires = [Affaire(consultation, objet=Objet.AVIS)]
    reunion = convoquer(jury, affaires, troupe, le=le - timedelta(days=7), prevue_le=debut)
    notees = {siege.pk: PresenceNotee("present") for siege in reunion.sieges.all()}
    acte["maintenant"] = debut
    services.noter_les_presences(reunion=reunion, presences=notees, vue=version(reunion), **acte)
    services.tirer_les_lettres(point=reunion.points.get(), **acte)
