"""Préparer la consultation technique, noter un passage,
rejouer ce qui attendait, effacer les vieux essais.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from stdnum import luhn

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.services.technique import (
    Deposante,
    ouvrir_la_technique,
    repousser_la_technique,
)
from beffroi.personnes.comptes.models import JetonDApi, Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee, jetons_de, utilisateur_par_courriel
from beffroi.personnes.comptes.services import (
    delivrer_jeton,
    prouver_l_adresse,
    revoquer_jeton,
)
from beffroi.personnes.entreprises.services import inscrire_entreprise
from beffroi.personnes.organismes.queries import exploitant
from beffroi.reponse.depots.services import purger_les_essais
from beffroi.service.sonde import courriels, queries, rules
from beffroi.service.sonde.contenu import FIGEES, Lot
from beffroi.service.sonde.exterieures import Exterieure
from beffroi.service.sonde.models import (
    EcartDHorloge,
    Mesure,
    MesureExterieure,
    MinuteDuServeur,
    Origine,
)
from beffroi.service.sonde.resultats import (
    PHRASE_AU_PLUS,
    Ecart,
    Minute,
    Passage,
    Resultat,
    Terrain,
)
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser

COURRIEL = "sonde@plateforme.invalid"
NOM, RAISON_SOCIALE = "Sonde de la plateforme", "Dépôts d'essai de la plateforme"
VERROU = 0x534F4E4445  # « SONDE »
SIGNES_D_UNE_SONDE = 70
OUBLI_D_UNE_SONDE = timedelta(days=1)


@transaction.atomic
def preparer_le_terrain(*, sonde: str, maintenant: datetime) -> Terrain:
    """La consultation technique, ouverte au besoin, et un jeton neuf pour y déposer ;
    celui que cette sonde avait cesse de valoir.

    Chaque nœud a la sienne : à éteindre aussi le jeton des autres, deux sondes se mettraient tour
    à tour dehors, et chacune noterait une panne que personne n'a vue.
    """
    verrou_nomme(VERROU)
    personne = utilisateur_par_courriel(COURRIEL) or _inscrire_la_deposante(maintenant)
    if not adresse_prouvee(personne):
        # L'adresse est à la plateforme : personne d'autre n'y lit de lien.
        prouver_l_adresse(utilisateur=personne, maintenant=maintenant)
    siret = personne.entreprises.get(jusqu_au=None).equipe.identifiant
    technique = ouvrir_la_technique(
        organisme=exploitant(),
        deposante=Deposante(siret=siret, nom=RAISON_SOCIALE, personne=personne),
        limite=maintenant + rules.DELAI_DE_LA_TECHNIQUE,
        maintenant=maintenant,
    )
    libelle = f"Sonde, {sonde[-SIGNES_D_UNE_SONDE:]}"
    for ancien in jetons_de(personne):
        if ancien.libelle == libelle or _est_delaisse(ancien, maintenant):
            revoquer_jeton(jeton=ancien, par=PLATEFORME, maintenant=maintenant)
    _, jeton = delivrer_jeton(utilisateur=personne, libelle=libelle, maintenant=maintenant)
    return Terrain(technique.reference, jeton, chainage.signataire().vkey)


def _est_delaisse(jeton: JetonDApi, le: datetime) -> bool:
    """Celui d'un nœud retiré : une sonde dépose chaque minute."""
    return (jeton.dernier_usage_le or jeton.cree_le) < le - OUBLI_D_UNE_SONDE


def _inscrire_la_deposante(maintenant: datetime) -> Utilisateur:
    """Une entreprise inventée : l'INSEE ne donne pas de SIREN en 999.

    Personne n'en connaît le mot de passe.
    """
    membre = inscrire_entreprise(
        courriel=COURRIEL,
        mot_de_passe=secrets.token_urlsafe(32),
        nom=NOM,
        raison_sociale=RAISON_SOCIALE,
        pays="FR",
        identifiant=siret_de_la_sonde(),
        maintenant=maintenant,
    )
    return membre.utilisateur


def siret_de_la_sonde() -> str:
    siren = "99950000"
    siren += str(luhn.calc_check_digit(siren))
    return f"{siren}0001{luhn.calc_check_digit(f'{siren}0001')}"


@transaction.atomic
def noter(passage: Passage, *, origine: str = Origine.MESUREE, maintenant: datetime) -> Mesure:
    """Note un passage, alerte si trois échecs se suivent, fige au journal ce qui a assez attendu.

    Rejoué, ne fait rien.
    """
    verrou_nomme(VERROU)
    mesure, neuve = _ecrire(passage, origine=origine, maintenant=maintenant)
    if not neuve:
        return mesure
    suite = queries.derniers_resultats(mesure.commencee_le)
    bascule = rules.bascule(suite)
    if bascule and origine == Origine.MESUREE:
        courriels.prevenir(mesure, bascule, maintenant=maintenant)
    change = len(suite) > 1 and suite[-1] != suite[-2]
    if rules.est_a_figer(
        plus_ancienne=queries.attend_depuis(), maintenant=maintenant, change=change
    ):
        figer(maintenant=maintenant)
    return mesure


@transaction.atomic
def noter_les_exterieures(
    source: str, mesures: Sequence[Exterieure], *, maintenant: datetime
) -> int:
    """Garde à part ce qu'une sonde d'ailleurs remet ;
    deux fois la même minute ne compte qu'une fois. Rend combien.
    """
    verrou_nomme(VERROU)
    notees = 0
    for mesure in mesures:
        valeurs = {
            "reussie": mesure.reussie,
            "duree_ms": mesure.duree_ms,
            "statut_http": mesure.statut_http,
            "phrase": mesure.phrase,
            "notee_le": maintenant,
        }
        notees += MesureExterieure.objects.get_or_create(
            source=source, le=mesure.le, defaults=valeurs
        )[1]
    if rules.est_a_figer(
        plus_ancienne=queries.attend_depuis(), maintenant=maintenant, change=False
    ):
        figer(maintenant=maintenant)
    return notees


@transaction.atomic
def noter_une_invention(passage: Passage, *, maintenant: datetime) -> Mesure:
    """Une mesure que personne n'a faite, pour la démonstration : marquée, sans alerte."""
    return _ecrire(passage, origine=Origine.DEMONSTRATION, maintenant=maintenant)[0]


def _ecrire(passage: Passage, *, origine: str, maintenant: datetime) -> tuple[Mesure, bool]:
    mesure, neuve = _noter_le_depot(passage.resultat, origine=origine, maintenant=maintenant)
    if neuve:
        for ecart in passage.ecarts:
            _noter_l_ecart(ecart, origine=origine, maintenant=maintenant)
        for minute in passage.minutes:
            _noter_la_minute(minute, origine=origine, maintenant=maintenant)
    return mesure, neuve


def _noter_la_minute(minute: Minute, *, origine: str, maintenant: datetime) -> None:
    """Une minute déjà notée le reste :
    un passage interrompu entre la base et le fichier la rapporte deux fois.
    """
    valeurs = {nom: valeur for nom, valeur in minute.__dict__.items() if nom != "minute"}
    MinuteDuServeur.objects.get_or_create(
        minute=minute.minute, defaults={**valeurs, "origine": origine, "notee_le": maintenant}
    )


def _noter_le_depot(
    resultat: Resultat, *, origine: str, maintenant: datetime
) -> tuple[Mesure, bool]:
    return Mesure.objects.get_or_create(
        commencee_le=resultat.commence_le,
        defaults={
            "reussie": resultat.reussi,
            "etape": resultat.etape,
            "statut_http": resultat.statut_http,
            "phrase": resultat.phrase[:PHRASE_AU_PLUS],
            "durees": resultat.durees,
            "duree_ms": resultat.duree_ms,
            "recepisse": resultat.recepisse,
            "origine": origine,
            "notee_le": maintenant,
        },
    )


def _noter_l_ecart(ecart: Ecart, *, origine: str, maintenant: datetime) -> None:
    note, neuf = EcartDHorloge.objects.get_or_create(
        le=ecart.le,
        source=ecart.source[:200],
        defaults={
            "ecart_ms": ecart.ecart_ms,
            "marge_ms": ecart.marge_ms,
            "phrase": ecart.phrase[:PHRASE_AU_PLUS],
            "origine": origine,
            "notee_le": maintenant,
        },
    )
    if neuf and origine == Origine.MESUREE and queries.est_decale(note):
        courriels.prevenir_de_l_horloge(note, maintenant=maintenant)


@transaction.atomic
def figer(*, maintenant: datetime) -> int:
    """Inscrit au journal, en une écriture, toutes les mesures qui attendent ;
    chacune garde le numéro de cette écriture.
    """
    lot = Lot.sous(None)
    if not lot:
        return 0
    ecriture = journaliser(
        queries.ACTE, sujet="sonde", par=PLATEFORME, le=maintenant, donnees=lot.en_donnees
    )
    for table, lignes in zip(
        FIGEES, (lot.mesures, lot.ecarts, lot.minutes, lot.exterieures), strict=True
    ):
        table.objects.filter(pk__in=[ligne.pk for ligne in lignes]).update(ecriture=ecriture.numero)
    return len(lot.mesures)


@transaction.atomic
def entretenir(*, maintenant: datetime) -> int:
    """Repousse l'heure limite de la consultation technique,
    efface les essais de plus d'une heure ; rend leur nombre.
    """
    technique = consultations.technique()
    if technique is None:
        return 0
    if technique.limite - maintenant < rules.RESTE_AVANT_DE_REPOUSSER:
        limite = maintenant + rules.DELAI_DE_LA_TECHNIQUE
        repousser_la_technique(
            consultation=technique, limite=limite, par=PLATEFORME, maintenant=maintenant
        )
    if not queries.essais_a_purger(technique, le=maintenant):
        return 0
    return purger_les_essais(
        consultation=technique, avant=maintenant - rules.GARDE_DES_ESSAIS, maintenant=maintenant
    )
