"""Rattacher une personne à une entreprise, la confirmer, la détacher."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises import invitations, queries, rules
from beffroi.personnes.entreprises.events import MembreDetache
from beffroi.personnes.entreprises.models import (
    Entreprise,
    Etablissement,
    InvitationEnAttente,
    Membre,
)
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

INVITATIONS_PAR_JOUR = 20
# Une invitation annulée se refait ; une adresse ne s'inonde pas.
INVITATIONS_PAR_ADRESSE = 3


@transaction.atomic
def inscrire_membre(
    *,
    nature: str = "",
    identifiant_etablissement: str,
    nom: str,
    pays: str = "FR",
    utilisateur: Utilisateur,
    par: Acteur,
    maintenant: datetime,
    invitee: bool = False,
) -> Membre:
    """Rattache une personne à un établissement, créé au besoin.

    La première personne est confirmée d'office, comme celle qu'un collègue invite. Les
    autres peuvent déposer aussitôt, et attendent qu'un collègue les confirme avant de
    voir les réponses des autres.
    """
    identifiant = rules.chiffres(identifiant_etablissement)
    exiger(rules.controle_de_l_identifiant(pays=pays, identifiant=identifiant))
    nature = nature or rules.nature_de_l_entreprise(pays=pays, identifiant=identifiant)
    etablissement = verrouiller(
        _etablissement(
            nature=nature, pays=pays, identifiant=identifiant, nom=nom, maintenant=maintenant
        )
    )
    en_cours = Membre.objects.filter(etablissement=etablissement, jusqu_au=None)
    deja = en_cours.filter(utilisateur=utilisateur).first()
    if deja:
        return deja
    d_office = invitee or not en_cours.exclude(confirme_le=None).exists()
    membre = Membre.objects.create(
        etablissement=etablissement,
        utilisateur=utilisateur,
        depuis_le=maintenant,
        confirme_le=maintenant if d_office else None,
    )
    if not d_office:
        _prevenir_les_collegues(membre, maintenant=maintenant)
    journaliser(
        "membre.inscrire",
        sujet=membre.reference,
        par=par,
        le=maintenant,
        donnees={
            "etablissement": etablissement.identifiant,
            "personne": utilisateur.reference,
            "confirme": d_office,
        },
    )
    return membre


def _etablissement(
    *, nature: str, pays: str, identifiant: str, nom: str, maintenant: datetime
) -> Etablissement:
    est_francaise = nature == Entreprise.Nature.FRANCAISE
    entreprise, _ = Entreprise.objects.get_or_create(
        nature=nature,
        pays=pays,
        identifiant=rules.siren(identifiant) if est_francaise else identifiant,
        defaults={"nom": nom.strip(), "creee_le": maintenant},
    )
    etablissement, _ = Etablissement.objects.get_or_create(
        entreprise=entreprise, identifiant=identifiant
    )
    return etablissement


@transaction.atomic
def inscrire_entreprise(
    *,
    courriel: str,
    mot_de_passe: str,
    nom: str,
    raison_sociale: str,
    pays: str,
    identifiant: str,
    maintenant: datetime,
) -> Membre:
    """Ouvre un compte et le rattache à son établissement, d'un seul geste : les deux, ou rien."""
    utilisateur = creer_utilisateur(
        courriel=courriel, nom=nom, mot_de_passe=mot_de_passe, maintenant=maintenant
    )
    return inscrire_membre(
        identifiant_etablissement=identifiant,
        nom=raison_sociale,
        pays=pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=maintenant,
    )


def _prevenir_les_collegues(membre: Membre, *, maintenant: datetime) -> None:
    """Écrit aux collègues confirmés qu'une personne agit pour leur
    établissement et attend leur accord.
    """
    for collegue in queries.membres_confirmes(membre.etablissement)[: queries.COLLEGUES_PREVENUS]:
        ecrire_a(
            collegue.utilisateur.courriel,
            cle=f"membre/{membre.reference}/{collegue.reference}",
            sujet=f"{membre.utilisateur.nom} demande à partager les réponses de votre entreprise",
            gabarit="entreprises/courriels/demande.txt",
            contexte={
                "membre": membre,
                "collegue": collegue,
                "adresse": lien_vers("entreprises:entreprise"),
            },
            maintenant=maintenant,
        )


@transaction.atomic
def confirmer_membre(*, membre: Membre, par: Acteur, maintenant: datetime) -> Membre:
    """Un collègue reconnaît la personne : elle voit désormais les réponses de l'établissement."""
    membre = verrouiller(membre)
    if membre.jusqu_au:
        raise ConflitEtat("Cette personne n'agit plus pour l'établissement. Rechargez la page.")
    if membre.confirme_le:
        return membre
    membre.confirme_le = maintenant
    membre.save(update_fields=["confirme_le"])
    journaliser("membre.confirmer", sujet=membre.reference, par=par, le=maintenant)
    return membre


@transaction.atomic
def detacher_membre(*, membre: Membre, par: Acteur, maintenant: datetime) -> Membre:
    """La personne n'agit plus pour l'établissement ; ce qu'elle a déposé demeure."""
    if finir_l_appartenance(membre=membre, par=par, maintenant=maintenant):
        evenements.publier(MembreDetache(membre=membre, le=maintenant))
    membre.refresh_from_db()
    return membre


@transaction.atomic
def finir_l_appartenance(*, membre: Membre, par: Acteur, maintenant: datetime) -> bool:
    """Détache sans l'annoncer : la fermeture d'un compte, elle, s'annonce déjà.

    Faux si c'était fait.
    """
    membre = verrouiller(membre)
    if membre.jusqu_au:
        return False
    membre.jusqu_au = maintenant
    membre.save(update_fields=["jusqu_au"])
    journaliser("membre.detacher", sujet=membre.reference, par=par, le=maintenant)
    return True


@transaction.atomic
def presenter(*, membre: Membre, taille: str, code_postal: str, maintenant: datetime) -> Entreprise:
    """Garde ce que l'entreprise dit d'elle. Lève `ConflitEtat` pour qui n'est pas confirmé."""
    membre = verrouiller(membre, avec=("etablissement__entreprise", "utilisateur"))
    if membre.jusqu_au or membre.confirme_le is None:
        raise ConflitEtat(
            "Un collègue doit d'abord vous confirmer. Vous pourrez ensuite présenter l'entreprise."
        )
    etablissement, entreprise = membre.etablissement, membre.etablissement.entreprise
    if (entreprise.taille, etablissement.code_postal) == (taille, code_postal):
        return entreprise
    entreprise.taille, etablissement.code_postal = taille, code_postal
    entreprise.save(update_fields=["taille"])
    etablissement.save(update_fields=["code_postal"])
    journaliser(
        "entreprise.presenter",
        sujet=entreprise.reference,
        par=membre.utilisateur.acteur,
        le=maintenant,
        donnees={"taille": taille, "code_postal": code_postal},
    )
    return entreprise


@transaction.atomic
def inviter_un_collegue(*, par: Membre, courriel: str, maintenant: datetime) -> InvitationEnAttente:
    """Écrit à un collègue un lien qui le rattache et le confirme.

    Une adresse qui attend n'est invitée qu'une fois par jour.
    """
    par = verrouiller(par, avec=("etablissement__entreprise", "utilisateur"))
    if par.jusqu_au or par.confirme_le is None:
        raise ConflitEtat(
            "Vous n'agissez plus pour cet établissement, "
            "ou un collègue doit d'abord vous confirmer."
        )
    deja = invitations.en_attente(par.etablissement, le=maintenant).filter(
        courriel__iexact=courriel
    )
    du_jour = deja.filter(envoyee_le__gte=_minuit(maintenant)).first()
    if du_jour:
        return du_jour
    jour = f"invitation/{par.etablissement_id}/{maintenant.astimezone(PARIS):%Y-%m-%d}"
    _exiger_peu_d_invitations(jour, courriel)
    deja.delete()
    invitation = InvitationEnAttente.objects.create(
        par=par, courriel=courriel, envoyee_le=maintenant
    )
    ecrire_a(
        courriel,
        cle=f"{jour}/{invitation.reference}",
        sujet=(
            f"{par.utilisateur.nom} vous invite à répondre pour {par.etablissement.entreprise.nom}"
        ),
        gabarit="entreprises/courriels/invitation.txt",
        contexte={
            "membre": par,
            "adresse": lien_vers("entreprises:invitation", invitations.jeton(invitation)),
        },
        maintenant=maintenant,
    )
    journaliser("membre.inviter", sujet=par.reference, par=par.utilisateur.acteur, le=maintenant)
    return invitation


def _exiger_peu_d_invitations(jour: str, courriel: str) -> None:
    du_jour = Courriel.objects.filter(cle__startswith=f"{jour}/")
    if du_jour.count() >= INVITATIONS_PAR_JOUR:
        raise RegleEnfreinte(
            f"Votre établissement a déjà envoyé {INVITATIONS_PAR_JOUR} invitations aujourd'hui. "
            "Reprenez demain."
        )
    if du_jour.filter(destinataire__iexact=courriel).count() >= INVITATIONS_PAR_ADRESSE:
        raise RegleEnfreinte(
            f"Cette adresse a déjà reçu {INVITATIONS_PAR_ADRESSE} invitations aujourd'hui. "
            "Appelez cette personne."
        )


def _minuit(le: datetime) -> datetime:
    return le.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)


@transaction.atomic
def annuler_l_invitation(
    *, invitation: InvitationEnAttente, par: Acteur, maintenant: datetime
) -> None:
    """Le lien envoyé n'ouvre plus rien. L'adresse s'oublie ; l'acte s'inscrit, sans elle."""
    invitation = _prendre(invitation)
    invitation.delete()
    journaliser(
        "membre.annuler_l_invitation", sujet=invitation.par.reference, par=par, le=maintenant
    )


def _prendre(invitation: InvitationEnAttente) -> InvitationEnAttente:
    """Annulée ou acceptée au même instant par une autre personne, elle n'est plus là."""
    try:
        return verrouiller(
            invitation, avec=("par__etablissement__entreprise", "par__utilisateur"), aussi=("par",)
        )
    except InvitationEnAttente.DoesNotExist:
        raise Introuvable() from None


@transaction.atomic
def oublier_les_invitations(*, le: datetime) -> int:
    """Efface les adresses dont l'invitation n'ouvre plus rien."""
    return invitations.passees(le=le).delete()[0]


@transaction.atomic
def accepter_l_invitation(
    *, invitation: InvitationEnAttente, utilisateur: Utilisateur, maintenant: datetime
) -> Membre:
    """La personne invitée rejoint l'établissement, confirmée au nom de qui l'a invitée."""
    invitation = _prendre(invitation)
    if invitation.par.jusqu_au:
        raise Introuvable()
    etablissement = invitation.par.etablissement
    membre = inscrire_membre(
        nature=etablissement.entreprise.nature,
        identifiant_etablissement=etablissement.identifiant,
        nom=etablissement.entreprise.nom,
        pays=etablissement.entreprise.pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=maintenant,
        invitee=True,
    )
    invitation.delete()
    return confirmer_membre(
        membre=membre, par=invitation.par.utilisateur.acteur, maintenant=maintenant
    )
