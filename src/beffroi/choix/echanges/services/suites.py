"""Ce qui suit l'envoi : l'alerte partie ou non, la lecture, la relance, la réponse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.choix.echanges import courriels, queries, rules
from beffroi.choix.echanges.contenus import noms_dans
from beffroi.choix.echanges.models import Alerte, Exemplaire, Fil, Retour
from beffroi.choix.echanges.services.actes import noter, noter_dans, pieces_dites
from beffroi.choix.echanges.services.envois import alerter
from beffroi.choix.echanges.services.redaction import garder
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import Introuvable, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from droit.decision import Decision


@dataclass(frozen=True)
class Reponse:
    """Ce qu'une entreprise envoie dans son fil ; la même clé n'en fait qu'un retour."""

    texte: str
    cle: str
    fichiers: Sequence[Fichier] = ()


@transaction.atomic
def constater_l_alerte(
    *, alerte: Alerte, acceptee_le: datetime | None, refus: str, maintenant: datetime
) -> Alerte:
    """Retient ce que le serveur a fait de l'alerte, une fois."""
    alerte = verrouiller(alerte, avec=("exemplaire__courrier__consultation__organisme",))
    if alerte.acceptee_le or alerte.refusee_le:
        return alerte
    if acceptee_le:
        alerte.acceptee_le = acceptee_le
    else:
        alerte.refusee_le, alerte.refus = maintenant, refus[:500]
    alerte.save(update_fields=["acceptee_le", "refusee_le", "refus"])
    acte = "courrier.alerte_acceptee" if acceptee_le else "courrier.alerte_refusee"
    donnees = {
        "exemplaire": alerte.exemplaire.reference,
        "rang": alerte.rang,
        "refus": alerte.refus,
    }
    noter(alerte.exemplaire.courrier, acte, par=PLATEFORME, le=maintenant, **donnees)
    return alerte


@transaction.atomic
def lire(*, fil: Fil, par: Utilisateur, maintenant: datetime) -> list[Exemplaire]:
    """La première lecture de chaque courrier du fil par l'entreprise, une fois pour toutes."""
    if not fil.exemplaires.filter(remis_le__isnull=False, lu_le=None).exists():
        return []
    fil = verrouiller(fil, avec=("consultation__organisme",))
    lus = list(
        fil.exemplaires.filter(remis_le__isnull=False, lu_le=None).select_related("courrier")
    )
    for exemplaire in lus:
        exemplaire.lu_le, exemplaire.lu_par = maintenant, par
    if lus:
        Exemplaire.objects.filter(pk__in=[un.pk for un in lus]).update(lu_le=maintenant, lu_par=par)
        references = [exemplaire.reference for exemplaire in lus]
        noter_dans(
            fil.consultation, "courrier.lire", par=par.acteur, le=maintenant, exemplaires=references
        )
    return lus


@transaction.atomic
def relancer(
    *, exemplaire: Exemplaire, personne: Utilisateur, par: Acteur, maintenant: datetime
) -> Alerte:
    """Écrit de nouveau qu'un courrier attend, à la même personne ou à une autre de l'entreprise."""
    exemplaire = verrouiller(exemplaire, avec=("courrier__consultation__organisme", "fil__equipe"))
    exiger(rules.peut_ecrire(etat=exemplaire.courrier.consultation.etat))
    exiger(queries.relance_de(exemplaire, le=maintenant))
    if personne not in queries.interlocuteurs(exemplaire.fil, le=maintenant):
        raise Introuvable()
    alerte = alerter(exemplaire, personne, le=maintenant)
    donnees = {"exemplaire": exemplaire.reference, "rang": alerte.rang}
    noter(exemplaire.courrier, "courrier.relancer", par=par, le=maintenant, **donnees)
    return alerte


@transaction.atomic
def repondre(*, fil: Fil, reponse: Reponse, par: Utilisateur, maintenant: datetime) -> Retour:
    """Reçoit ce que l'entreprise répond.

    Une offre n'entre pas par là (TA Caen, 15 mai 2025, n° 2501303).
    """
    fil = verrouiller(fil, avec=("consultation__organisme", "equipe"))
    deja = Retour.objects.filter(cle_d_envoi=reponse.cle, ecrit_par=par, fil=fil).first()
    if deja is not None:
        return deja
    exiger(
        rules.peut_repondre(
            etat=fil.consultation.etat, texte=reponse.texte, deja=fil.retours.count()
        )
    )
    exiger(n_est_pas_un_depot(fil, reponse, le=maintenant))
    dernier = queries.remis_dans(fil).last()
    if dernier is None:
        raise Introuvable()
    retour = Retour.objects.create(
        fil=fil,
        en_reponse_a=dernier,
        texte=reponse.texte.strip(),
        ecrit_par=par,
        cle_d_envoi=reponse.cle,
        recu_le=maintenant,
        hors_delai=rules.est_hors_delai(recu_le=maintenant, avant=queries.dernier_moment_de(fil)),
    )
    pieces = pieces_dites([garder(fichier, retour=retour) for fichier in reponse.fichiers])
    donnees = {
        "retour": retour.reference,
        "en_reponse_a": dernier.reference,
        "hors_delai": retour.hors_delai,
    }
    noter_dans(
        fil.consultation,
        "courrier.repondre",
        par=par.acteur,
        le=maintenant,
        **donnees,
        pieces=pieces,
    )
    courriels.annoncer_le_retour(retour, maintenant=maintenant)
    return retour


@transaction.atomic
def inscrire_le_refus(
    *, fil: Fil, reponse: Reponse, par: Utilisateur, maintenant: datetime
) -> None:
    """Garde la preuve d'un refus dit, et sa raison,
    sans un mot de ce qui n'a pas été pris (CE, 13 nov. 2025, n° 506640).
    """
    fil = verrouiller(fil, avec=("consultation__organisme", "equipe"))
    offre = not n_est_pas_un_depot(fil, reponse, le=maintenant).favorable
    donnees = {"fil": fil.reference, "raison": "offre par message" if offre else "irrecevable"}
    fichiers = len(reponse.fichiers)
    noter_dans(
        fil.consultation,
        "courrier.refuser",
        par=par.acteur,
        le=maintenant,
        **donnees,
        fichiers=fichiers,
    )


def n_est_pas_un_depot(fil: Fil, reponse: Reponse, *, le: datetime) -> Decision:
    noms = [nom for f in reponse.fichiers for nom in (f.nom, *noms_dans(f.nom, f.flux))]
    return rules.n_est_pas_un_depot(
        texte=reponse.texte, noms=noms, moment=queries.moment_de(fil, le=le)
    )


@transaction.atomic
def lire_les_retours(*, fil: Fil, par: Utilisateur, maintenant: datetime) -> int:
    """Un agent lit ce que l'entreprise a répondu : « À faire » n'a plus à le dire."""
    if not fil.retours.filter(lu_le=None).exists():
        return 0
    fil = verrouiller(fil, avec=("consultation__organisme",))
    lus = list(fil.retours.filter(lu_le=None))
    if lus:
        Retour.objects.filter(pk__in=[un.pk for un in lus]).update(lu_le=maintenant, lu_par=par)
        references = [retour.reference for retour in lus]
        noter_dans(
            fil.consultation,
            "courrier.lire_la_reponse",
            par=par.acteur,
            le=maintenant,
            retours=references,
        )
    return len(lus)
