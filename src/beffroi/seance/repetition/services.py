"""Les actes de la répétition :
une clé jetable, une enveloppe d'essai, deux personnes, puis plus rien.

Le code à deux et la remise des parts sont ceux de la séance (`ouverture.services.code`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles import scellement
from beffroi.personnes.cles.models import IdentiteDeMembre, PaireDeCles
from beffroi.personnes.cles.rules import SEUILS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.coffre.coffre import CleDuCoffre, coffre
from beffroi.seance.coffre.descellement import lire_un_scelle
from beffroi.seance.coffre.errors import CoffreVide
from beffroi.seance.ouverture.rules import assez_de_cles, deux_personnes_confirment
from beffroi.seance.ouverture.services import code
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    place_a_table,
    presences,
)
from beffroi.seance.repetition import queries, rules
from beffroi.seance.repetition.models import PartDeRepetition, PlaceDeRepetition, Repetition
from beffroi.seance.repetition.states import EN_COURS, EtatDeRepetition
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant, exiger
from beffroi.socle.fondations.services import ecrire_a_chacun
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from formats import dates

OCTETS_D_UNE_ENVELOPPE_D_ESSAI = 4096
EN_TETE = "beffroi.repetition/1"


@dataclass(frozen=True)
class Essai:
    """Ce que le navigateur de la présidence envoie :
    une clé jetable, ses parts, et l'enveloppe qu'elle ouvrira.
    """

    destinataire: str
    parts: Mapping[IdentiteDeMembre, bytes]
    enveloppe: bytes
    engagement: str


@transaction.atomic
def commencer(
    *,
    consultation: Consultation,
    essai: Essai,
    appareil: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Repetition:
    """Commence une répétition :
    la clé jetable n'est pas celle de la consultation, et n'ouvrira que l'essai.
    """
    consultation = verrouiller(consultation)
    exiger_le_bon_moment(consultation, maintenant=maintenant)
    en_cours = queries.en_cours(consultation)
    if en_cours is not None:
        raise ConflitEtat(
            f"La répétition {en_cours.reference} est déjà commencée. Rejoignez-la, ou renoncez-y."
        )
    if par.pk not in {identite.utilisateur_id for identite in essai.parts}:
        raise RoleManquant("Seule une personne désignée pour ouvrir peut commencer la répétition.")
    cle = exiger_une_cle_jetable(consultation, essai)
    repetition = Repetition.objects.create(
        consultation=consultation,
        presidee_par=par,
        politique=consultation.politique_de_cles,
        seuil=SEUILS[consultation.politique_de_cles],
        empreinte=cle.empreinte,
        enveloppe=essai.enveloppe,
        engagement=essai.engagement,
        commencee_le=maintenant,
    )
    for identite, contenu in essai.parts.items():
        personne = identite.utilisateur
        PartDeRepetition.objects.create(repetition=repetition, identite=identite, contenu=contenu)
        PlaceDeRepetition.objects.create(
            repetition=repetition, utilisateur=personne, nom=personne.nom, qualite=personne.qualite
        )
    donnees = {"cle_jetable": cle.empreinte, "politique": repetition.politique}
    noter("repetition.commencee", seance=repetition, par=par.acteur, le=maintenant, donnees=donnees)
    return rejoindre(
        repetition=repetition, utilisateur=par, appareil=appareil, maintenant=maintenant
    ).repetition


def exiger_le_bon_moment(consultation: Consultation, *, maintenant: datetime) -> None:
    publiee = consultation.etat == Consultation.Etat.PUBLIEE
    exiger(
        rules.peut_se_repeter(
            publiee=publiee, date_limite=consultation.limite, maintenant=maintenant
        )
    )


def exiger_une_cle_jetable(consultation: Consultation, essai: Essai) -> scellement.Destinataire:
    """Une clé neuve, partagée entre les mêmes personnes que la vraie ;
    jamais une clé de consultation.
    """
    cle = scellement.lire_destinataire(essai.destinataire)
    if PaireDeCles.objects.filter(empreinte=cle.empreinte).exists():
        raise RegleEnfreinte(
            "Une répétition ne se fait pas avec la clé d'une consultation. Rechargez la page."
        )
    if Repetition.objects.filter(empreinte=cle.empreinte).exists():
        raise RegleEnfreinte("Cette clé d'essai a déjà servi. Rechargez la page.")
    if set(essai.parts) != set(queries.identites_qui_ouvrent(consultation)):
        raise RegleEnfreinte(
            "Les parts reçues ne sont pas celles des personnes désignées. Rechargez la page."
        )
    for contenu in essai.parts.values():
        scellement.exiger_une_part(contenu)
    if not 0 < len(essai.enveloppe) <= OCTETS_D_UNE_ENVELOPPE_D_ESSAI:
        raise RegleEnfreinte(
            "L'enveloppe d'essai n'a pas la bonne taille. Raccourcissez la phrase."
        )
    return cle


@transaction.atomic
def rejoindre(
    *, repetition: Repetition, utilisateur: Utilisateur, appareil: str, maintenant: datetime
) -> PlaceDeRepetition:
    """La personne s'assoit à la table de la répétition, depuis son appareil."""
    repetition = verrouiller(repetition)
    exiger_etat(repetition, *EN_COURS)
    place = repetition.participants.filter(utilisateur=utilisateur).first()
    if place is None:
        raise RoleManquant("Vous n'êtes pas désigné pour ouvrir cette consultation.")
    return code.asseoir(
        repetition, place, appareil=appareil, par=utilisateur.acteur, maintenant=maintenant
    )


@transaction.atomic
def remettre_sa_part(
    *, seance: Repetition, parts: Mapping[str, str], par: Utilisateur, maintenant: datetime
) -> PlaceDeRepetition:
    """La personne tourne sa clé : sa part d'essai, scellée de nouveau pour la présidence."""
    exiger_le_bon_moment(seance.consultation, maintenant=maintenant)
    attendues = set(queries.parts_de(seance, par))
    place: PlaceDeRepetition = code.recevoir_les_parts(
        seance=seance, parts=parts, attendues=attendues, par=par, maintenant=maintenant
    )
    noter("repetition.part_remise", seance=seance, par=par.acteur, le=maintenant)
    return place


@transaction.atomic
def tourner_les_cles(
    *,
    seance: Repetition,
    graines: Mapping[str, bytes],
    avec_sa_part: bool,
    capacite: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Repetition:
    """Remet au coffre la clé jetable reconstituée, aux conditions de la vraie séance."""
    exiger_la_presidence(seance, par)
    exiger_le_bon_moment(seance.consultation, maintenant=maintenant)
    code.presenter_la_presidence(
        seance=seance, par=par, avec_sa_part=avec_sa_part, maintenant=maintenant
    )
    autour = presences(seance)
    exiger(deux_personnes_confirment(autour))
    exiger(assez_de_cles(autour, seuil=seance.seuil))
    if queries.SORTE not in graines:
        raise RegleEnfreinte("Il manque la clé d'essai. Recommencez.")
    repetition = franchir(
        seance, "tourner_les_cles", par=par.acteur, le=maintenant, cle_ephemere=""
    )
    coffre().ranger(
        repetition.reference, queries.SORTE, graines[queries.SORTE], repetition.empreinte, capacite
    )
    repetition.participants.update(part_rescellee={})
    return repetition


@transaction.atomic
def lire_l_enveloppe(
    *, repetition: Repetition, capacite: str, par: Utilisateur, maintenant: datetime
) -> Repetition:
    """Ouvre l'enveloppe d'essai.

    Un coffre vidé par une panne redemande les clés, comme en séance.
    """
    repetition = verrouiller(repetition)
    exiger_la_presidence(repetition, par)
    exiger_etat(repetition, EtatDeRepetition.OUVERTE)
    place_a_table(repetition, par)
    exiger_le_bon_moment(repetition.consultation, maintenant=maintenant)
    cle = CleDuCoffre(coffre(), seance=repetition.reference, sorte=queries.SORTE, capacite=capacite)
    try:
        clair = lire_un_scelle(bytes(repetition.enveloppe), cle=cle)
    except CoffreVide:
        return _reprendre(repetition, par=par.acteur, maintenant=maintenant)
    obtenu = hashlib.sha256(clair).hexdigest()
    decision = rules.texte_attendu(engagement=repetition.engagement, obtenu=obtenu)
    if not decision.favorable:
        return _finir(repetition, "echouer", par=par.acteur, maintenant=maintenant)
    repetition.phrase, repetition.lue_le = phrase_de(clair), maintenant
    repetition.save(update_fields=["phrase", "lue_le"])
    noter(
        "repetition.enveloppe_lue",
        seance=repetition,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": obtenu},
    )
    return repetition


def phrase_de(clair: bytes) -> str:
    """La phrase d'essai, sous l'en-tête et le sel."""
    en_tete, _, suite = clair.decode("utf-8", "replace").partition("\n")
    phrase = suite.partition("\n")[2]
    return phrase[:120] if en_tete == EN_TETE else ""


def _reprendre(repetition: Repetition, *, par: Acteur, maintenant: datetime) -> Repetition:
    repetition = franchir(repetition, "reprendre", par=par, le=maintenant, cle_ephemere="")
    repetition.participants.update(**code.code_a_refaire())
    return repetition


@transaction.atomic
def conclure(
    *, repetition: Repetition, meme_phrase: bool, par: Utilisateur, maintenant: datetime
) -> Repetition:
    """La présidence a comparé la phrase lue à celle qu'elle avait écrite. Tout s'efface."""
    repetition = verrouiller(repetition)
    exiger_la_presidence(repetition, par)
    if repetition.lue_le is None:
        raise ConflitEtat("Ouvrez d'abord l'enveloppe d'essai.")
    acte = "reussir" if meme_phrase else "echouer"
    return _finir(repetition, acte, par=par.acteur, maintenant=maintenant)


@transaction.atomic
def abandonner(*, repetition: Repetition, par: Acteur, maintenant: datetime) -> Repetition:
    """Renonce à la répétition. Tout s'efface, la consultation n'a rien vu."""
    return _finir(repetition, "abandonner", par=par, maintenant=maintenant)


def _finir(repetition: Repetition, acte: str, *, par: Acteur, maintenant: datetime) -> Repetition:
    """Le coffre, l'enveloppe, la phrase, les parts : rien ne reste que le fait d'avoir répété."""
    repetition = franchir(
        repetition,
        acte,
        par=par,
        le=maintenant,
        donnees={
            "consultation": repetition.consultation.reference,
            "personnes": queries.qui_a_repete(repetition),
        },
        finie_le=maintenant,
        cle_ephemere="",
        enveloppe=b"",
        phrase="",
    )
    repetition.parts.all().delete()
    repetition.participants.update(part_rescellee={})
    transaction.on_commit(lambda: coffre().vider(repetition.reference))
    return repetition


def rappeler(*, consultation: Consultation, maintenant: datetime) -> None:
    """Écrit à chaque personne désignée que l'ouverture n'a pas été répétée.

    La même limite ne rappelle qu'une fois.
    """
    membres = consultation.membres_qui_ouvrent.select_related("utilisateur")
    ecrire_a_chacun(
        [membre.utilisateur for membre in membres],
        cle=f"repetition/{consultation.reference}/{consultation.limite.isoformat()}/",
        sujet=f"Répétez l'ouverture : {consultation.titre}",
        gabarit="repetition/courriels/rappel.txt",
        contexte={
            "consultation": consultation,
            "limite": dates.jour_et_heure(consultation.limite),
            "page": lien_vers("repetition:accueil", consultation.reference),
        },
        maintenant=maintenant,
    )
