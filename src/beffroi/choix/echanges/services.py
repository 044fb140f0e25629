"""Écrire aux entreprises, prouver ce qu'elles ont reçu et lu, recevoir ce qu'elles répondent."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.choix.echanges import courriels, queries, rules
from beffroi.choix.echanges.contenus import noms_dans
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire, Fil, PieceJointe, Retour
from beffroi.choix.echanges.personnalisation import AVANT, PROPRE, remplir
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Etablissement
from beffroi.publicite.questions.services import Fichier
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_sans_exclure
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision
from formats import dates


@dataclass(frozen=True)
class Projet:
    """Le courrier que l'acheteur prépare. `a` : les établissements choisis ; `retirees` : les fichiers qu'il ôte."""

    sorte: str
    sujet: str
    texte: str
    a: Sequence[Etablissement]
    reponse_avant: datetime | None = None
    fichiers: Sequence[Fichier] = ()
    retirees: Sequence[str] = ()


@dataclass(frozen=True)
class EnvoiGroupe:
    """Des courriers tout écrits, un texte par entreprise, à remettre d'un seul acte. `donnees` : ce que le journal y joint."""

    sorte: str
    sujet: str
    textes: Mapping[Etablissement, str]
    donnees: Mapping[str, object]


@dataclass(frozen=True)
class Reponse:
    """Ce qu'une entreprise envoie dans son fil ; la même clé n'en fait qu'un retour."""

    texte: str
    cle: str
    fichiers: Sequence[Fichier] = ()


# ---------------------------------------------------------------- préparer


@transaction.atomic
def rediger(
    *,
    consultation: Consultation,
    projet: Projet,
    par: Utilisateur,
    maintenant: datetime,
    courrier: Courrier | None = None,
) -> Courrier:
    """Garde le brouillon d'un courrier ; rien ne part, personne d'autre que l'acheteur ne le voit."""
    consultation = verrouiller_sans_exclure(consultation, avec=("organisme",))
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.sujet_recevable(projet.sujet))
    exiger(rules.texte_recevable(projet.texte))
    _exiger_les_destinataires(consultation, projet, le=maintenant)
    courrier = _a_preparer(courrier) if courrier else Courrier(consultation=consultation, redige_par=par)
    courrier.sorte, courrier.sujet, courrier.texte = projet.sorte, projet.sujet.strip(), projet.texte.strip()
    courrier.reponse_avant, courrier.redige_le = projet.reponse_avant, maintenant
    courrier.save()
    _choisir(courrier, projet.a)
    _retirer(courrier.pieces.filter(reference__in=projet.retirees))
    for fichier in projet.fichiers:
        garder(fichier, courrier=courrier)
    _journaliser(courrier, "courrier.rediger", par=par.acteur, le=maintenant)
    return courrier


def _exiger_les_destinataires(consultation: Consultation, projet: Projet, *, le: datetime) -> None:
    """Relus sous verrou : nul n'est joint que l'acheteur ne connaisse déjà."""
    joignables = {joignable.etablissement.pk: joignable for joignable in queries.joignables(consultation, le=le)}
    for etablissement in projet.a:
        joignable = joignables.get(etablissement.pk)
        if joignable is None:
            raise Introuvable()
        exiger(
            rules.sorte_permise(
                projet.sorte,
                reponse_ouverte=joignable.pli is not None,
                se_negocie=consultation.procedure.se_negocie,
                sans_suite=consultation.etat == Consultation.Etat.SANS_SUITE,
            )
        )


def _a_preparer(courrier: Courrier) -> Courrier:
    courrier = verrouiller(courrier, avec=("consultation__organisme",))
    if courrier.envoye_le:
        raise ConflitEtat("Ce courrier est envoyé : il ne change plus.")
    return courrier


def _choisir(courrier: Courrier, etablissements: Iterable[Etablissement]) -> None:
    chez = {etablissement.pk: etablissement for etablissement in etablissements}
    du_dossier = Fil.objects.filter(consultation=courrier.consultation)
    ouverts = set(du_dossier.filter(etablissement__in=chez).values_list("etablissement", flat=True))
    for cle in chez.keys() - ouverts:
        # Un autre agent l'ouvre peut-être au même instant : le fil est à tous ceux qui écrivent à cette entreprise.
        Fil.objects.get_or_create(consultation=courrier.consultation, etablissement=chez[cle])
    fils = {fil.pk: fil for fil in du_dossier.filter(etablissement__in=chez)}
    otes = courrier.exemplaires.exclude(fil__in=fils)
    _retirer(PieceJointe.objects.filter(exemplaire__in=otes))
    otes.delete()
    deja = set(courrier.exemplaires.values_list("fil", flat=True))
    Exemplaire.objects.bulk_create(Exemplaire(courrier=courrier, fil=fils[cle]) for cle in fils if cle not in deja)


def _retirer(pieces: Any) -> None:
    cles = list(pieces.values_list("cle_de_stockage", flat=True))
    pieces.delete()
    for cle in cles:
        transaction.on_commit(lambda cle=cle: stockage().supprimer(cle))  # type: ignore[misc]


def garder(fichier: Fichier, **a_quoi: Courrier | Exemplaire | Retour) -> PieceJointe:
    """`courrier` pour tous, `exemplaire` pour une entreprise, ou `retour` : un seul des trois, la base y veille."""
    cle = nouvelle_cle("courrier")
    ecrit = stockage().ecrire(cle, fichier.flux)
    return PieceJointe.objects.create(
        nom=nom_sur(fichier.nom),
        taille=ecrit.taille,
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
        **a_quoi,
    )


@transaction.atomic
def ecrire_les_textes_propres(
    *, courrier: Courrier, textes: Mapping[str, str], par: Acteur, maintenant: datetime
) -> Courrier:
    """Ce qui n'est écrit qu'à une entreprise, par la référence de son exemplaire."""
    courrier = _a_preparer(courrier)
    exemplaires = list(courrier.exemplaires.all())
    for exemplaire in exemplaires:
        exemplaire.texte_propre = textes.get(exemplaire.reference, exemplaire.texte_propre).strip()
    Exemplaire.objects.bulk_update(exemplaires, ["texte_propre"])
    _journaliser(courrier, "courrier.rediger", par=par, le=maintenant)
    return courrier


@transaction.atomic
def joindre_a_une_seule(
    *,
    exemplaire: Exemplaire,
    fichiers: Sequence[Fichier] = (),
    retirees: Sequence[str] = (),
    par: Acteur,
    maintenant: datetime,
) -> Exemplaire:
    """Les fichiers qu'une entreprise sera seule à recevoir : son contrat, le détail de ses notes."""
    courrier = _a_preparer(exemplaire.courrier)
    _retirer(exemplaire.pieces.filter(reference__in=retirees))
    exiger(rules.pieces_au_plus(deja=exemplaire.pieces.count(), nouvelles=len(fichiers)))
    for fichier in fichiers:
        garder(fichier, exemplaire=exemplaire)
    _journaliser(courrier, "courrier.rediger", par=par, le=maintenant)
    return exemplaire


@transaction.atomic
def supprimer(*, courrier: Courrier, par: Acteur, maintenant: datetime) -> None:
    """Oublie un brouillon. Un courrier envoyé ne s'efface pas."""
    courrier = _a_preparer(courrier)
    _retirer(courrier.pieces.all())
    _retirer(PieceJointe.objects.filter(exemplaire__courrier=courrier))
    courrier.exemplaires.all().delete()
    courrier.delete()
    _journaliser(courrier, "courrier.supprimer", par=par, le=maintenant)


# ---------------------------------------------------------------- envoyer


def valeurs_de(exemplaire: Exemplaire, *, pli: Pli | None) -> dict[str, str]:
    """Ce que chaque champ devient pour cette entreprise ; `pli` : sa dernière réponse ouverte."""
    consultation, etablissement = exemplaire.courrier.consultation, exemplaire.fil.etablissement
    avant = exemplaire.courrier.reponse_avant
    valeurs = {
        "entreprise": etablissement.entreprise.nom,
        "acheteur": consultation.organisme.nom,
        "consultation": consultation.reference,
        "objet": consultation.titre,
        "récépissé": pli.reference if pli else "(aucun)",
        AVANT: dates.jour_et_heure(avant) if avant else "(sans date)",
        "date sans suite": dates.jour(consultation.sans_suite_le) if consultation.sans_suite_le else "(sans date)",
        "motif sans suite": consultation.motif_sans_suite or "(sans motif)",
    }
    return {**valeurs, PROPRE: remplir(exemplaire.texte_propre, valeurs)}


def apercus(courrier: Courrier, exemplaires: Sequence[Exemplaire]) -> Iterator[tuple[Exemplaire, str, str]]:
    """Le sujet et le texte que chaque entreprise lira."""
    plis = queries.dernier_pli_ouvert(courrier.consultation)
    for exemplaire in exemplaires:
        exemplaire.courrier = courrier
        valeurs = valeurs_de(exemplaire, pli=plis.get(exemplaire.fil.etablissement_id))
        sujet = " ".join(remplir(courrier.sujet, valeurs).split())[: rules.SIGNES_DU_SUJET]
        yield exemplaire, sujet, remplir(courrier.texte, valeurs)


def faits_de(courrier: Courrier, *, le: datetime) -> rules.FaitsDuCourrier:
    exemplaires = list(queries.exemplaires_de(courrier))
    joints = _interlocuteurs(courrier, exemplaires, le=le)
    noms = [(exemplaire, exemplaire.fil.etablissement.entreprise.nom) for exemplaire in exemplaires]
    return rules.FaitsDuCourrier(
        sorte=courrier.sorte,
        sujet=courrier.sujet,
        texte=courrier.texte,
        reponse_avant=courrier.reponse_avant,
        propres=[(nom, exemplaire.texte_propre) for exemplaire, nom in noms],
        sans_suite=courrier.consultation.etat == Consultation.Etat.SANS_SUITE,
        sans_personne=[nom for exemplaire, nom in noms if not joints[exemplaire.fil_id]],
    )


def _interlocuteurs(
    courrier: Courrier, exemplaires: Sequence[Exemplaire], *, le: datetime
) -> dict[int, list[Utilisateur]]:
    fils = [exemplaire.fil for exemplaire in exemplaires]
    return queries.interlocuteurs_des(fils, consultation=courrier.consultation, le=le)


@transaction.atomic
def envoyer(*, courrier: Courrier, par: Utilisateur, maintenant: datetime) -> Courrier:
    """Remet à chaque entreprise son exemplaire, d'un acte. Un second clic rend le même envoi (CCP, annexe 7, art. 1)."""
    consultation = verrouiller_sans_exclure(courrier.consultation, avec=("organisme",))
    courrier = verrouiller(courrier, avec=("consultation__organisme",))
    if courrier.envoye_le:
        return courrier
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.peut_etre_envoye(faits_de(courrier, le=maintenant), maintenant=maintenant))
    _prouver(courrier, _remettre(courrier, par=par, le=maintenant), par=par, le=maintenant)
    return courrier


@transaction.atomic
def remettre_d_un_acte(
    *,
    consultation: Consultation,
    envoi: EnvoiGroupe,
    par: Utilisateur,
    maintenant: datetime,
    lier: Callable[[Mapping[int, Exemplaire]], None] = lambda exemplaires: None,
) -> Courrier:
    """Remet à chaque entreprise le courrier écrit pour elle, sans brouillon : une transaction, une écriture.

    `lier` reçoit chaque exemplaire, par établissement, avant l'écriture : ce que l'appelant y attache se prouve avec.
    """
    consultation = verrouiller_sans_exclure(consultation, avec=("organisme",))
    projet = Projet(envoi.sorte, envoi.sujet, f"[{PROPRE}]", list(envoi.textes))
    _exiger_les_destinataires(consultation, projet, le=maintenant)
    courrier = Courrier.objects.create(
        consultation=consultation,
        sorte=envoi.sorte,
        sujet=envoi.sujet,
        texte=projet.texte,
        redige_par=par,
        redige_le=maintenant,
    )
    _choisir(courrier, projet.a)
    for exemplaire in courrier.exemplaires.select_related("fil__etablissement"):
        exemplaire.texte_propre = envoi.textes[exemplaire.fil.etablissement]
        exemplaire.save(update_fields=["texte_propre"])
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.peut_etre_envoye(faits_de(courrier, le=maintenant), maintenant=maintenant))
    remis = _remettre(courrier, par=par, le=maintenant)
    lier({exemplaire.fil.etablissement_id: exemplaire for exemplaire in remis})
    _prouver(courrier, remis, par=par, le=maintenant, **envoi.donnees)
    return courrier


def _remettre(courrier: Courrier, *, par: Utilisateur, le: datetime) -> list[Exemplaire]:
    """Le texte de chacun, et l'alerte qui dit d'aller lire : elle part après l'acte."""
    exemplaires = list(queries.exemplaires_de(courrier))
    joints = _interlocuteurs(courrier, exemplaires, le=le)
    for exemplaire, sujet, texte in apercus(courrier, exemplaires):
        exemplaire.sujet, exemplaire.texte, exemplaire.remis_le = sujet, texte, le
        exemplaire.save(update_fields=["sujet", "texte", "remis_le"])
        alerter(exemplaire, joints[exemplaire.fil_id][0], le=le)
    courrier.envoye_le, courrier.envoye_par = le, par
    courrier.save(update_fields=["envoye_le", "envoye_par"])
    return exemplaires


def _prouver(
    courrier: Courrier, exemplaires: Sequence[Exemplaire], *, par: Utilisateur, le: datetime, **donnees: object
) -> None:
    dits = [_dit(exemplaire) for exemplaire in exemplaires]
    pieces = _dites(courrier.pieces.all())
    _journaliser(courrier, "courrier.envoyer", par=par.acteur, le=le, exemplaires=dits, pieces=pieces, **donnees)


def alerter(exemplaire: Exemplaire, personne: Utilisateur, *, le: datetime) -> Alerte:
    """Écrit à la boîte d'envoi le courriel qui dit d'aller lire ; il part après l'acte, une fois au plus (ADR 0025)."""
    rang = exemplaire.alertes.count() + 1
    courriel = courriels.alerter(exemplaire, personne, rang=rang, maintenant=le)
    return Alerte.objects.create(
        exemplaire=exemplaire, personne=personne, adresse=personne.courriel, rang=rang, cle=courriel.cle, ecrite_le=le
    )


def _dit(exemplaire: Exemplaire) -> dict[str, Any]:
    return {
        "exemplaire": exemplaire.reference,
        "etablissement": exemplaire.fil.etablissement.identifiant,
        "sha256": empreinte_du_texte(exemplaire),
        "pieces": _dites(exemplaire.pieces.all()),
    }


def empreinte_du_texte(exemplaire: Exemplaire) -> str:
    """L'empreinte de ce que l'entreprise a reçu : le sujet, une ligne vide, le texte, en UTF-8."""
    return hashlib.sha256(f"{exemplaire.sujet}\n\n{exemplaire.texte}".encode()).hexdigest()


def _dites(pieces: Iterable[PieceJointe]) -> list[dict[str, Any]]:
    return [{"piece": piece.reference, "taille": piece.taille, "sha256": piece.sha256} for piece in pieces]


# ---------------------------------------------------------------- suivre


@transaction.atomic
def constater_l_alerte(*, alerte: Alerte, acceptee_le: datetime | None, refus: str, maintenant: datetime) -> Alerte:
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
    donnees = {"exemplaire": alerte.exemplaire.reference, "rang": alerte.rang, "refus": alerte.refus}
    _journaliser(alerte.exemplaire.courrier, acte, par=PLATEFORME, le=maintenant, **donnees)
    return alerte


@transaction.atomic
def lire(*, fil: Fil, par: Utilisateur, maintenant: datetime) -> list[Exemplaire]:
    """La première lecture de chaque courrier du fil par l'entreprise, une fois pour toutes."""
    if not fil.exemplaires.filter(remis_le__isnull=False, lu_le=None).exists():
        return []
    fil = verrouiller(fil, avec=("consultation__organisme",))
    lus = list(fil.exemplaires.filter(remis_le__isnull=False, lu_le=None).select_related("courrier"))
    for exemplaire in lus:
        exemplaire.lu_le, exemplaire.lu_par = maintenant, par
        exemplaire.save(update_fields=["lu_le", "lu_par"])
    if lus:
        references = [exemplaire.reference for exemplaire in lus]
        _journaliser_dans(fil.consultation, "courrier.lire", par=par.acteur, le=maintenant, exemplaires=references)
    return lus


@transaction.atomic
def relancer(*, exemplaire: Exemplaire, personne: Utilisateur, par: Acteur, maintenant: datetime) -> Alerte:
    """Écrit de nouveau qu'un courrier attend, à la même personne ou à une autre de l'entreprise."""
    exemplaire = verrouiller(exemplaire, avec=("courrier__consultation__organisme", "fil__etablissement__entreprise"))
    exiger(rules.peut_ecrire(etat=exemplaire.courrier.consultation.etat))
    exiger(queries.relance_de(exemplaire, le=maintenant))
    if personne not in queries.interlocuteurs(exemplaire.fil, le=maintenant):
        raise Introuvable()
    alerte = alerter(exemplaire, personne, le=maintenant)
    donnees = {"exemplaire": exemplaire.reference, "rang": alerte.rang}
    _journaliser(exemplaire.courrier, "courrier.relancer", par=par, le=maintenant, **donnees)
    return alerte


# ---------------------------------------------------------------- répondre


@transaction.atomic
def repondre(*, fil: Fil, reponse: Reponse, par: Utilisateur, maintenant: datetime) -> Retour:
    """Reçoit ce que l'entreprise répond. Une offre n'entre pas par là (TA Caen, 15 mai 2025, n° 2501303)."""
    fil = verrouiller(fil, avec=("consultation__organisme", "etablissement__entreprise"))
    deja = Retour.objects.filter(cle_d_envoi=reponse.cle, ecrit_par=par, fil=fil).first()
    if deja is not None:
        return deja
    exiger(rules.peut_repondre(etat=fil.consultation.etat, texte=reponse.texte, deja=fil.retours.count()))
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
    pieces = _dites([garder(fichier, retour=retour) for fichier in reponse.fichiers])
    donnees = {"retour": retour.reference, "en_reponse_a": dernier.reference, "hors_delai": retour.hors_delai}
    _journaliser_dans(fil.consultation, "courrier.repondre", par=par.acteur, le=maintenant, **donnees, pieces=pieces)
    courriels.annoncer_le_retour(retour, maintenant=maintenant)
    return retour


@transaction.atomic
def inscrire_le_refus(*, fil: Fil, reponse: Reponse, par: Utilisateur, maintenant: datetime) -> None:
    """Garde la preuve d'un refus dit, et sa raison, sans un mot de ce qui n'a pas été pris (CE, 13 nov. 2025, n° 506640)."""
    fil = verrouiller(fil, avec=("consultation__organisme", "etablissement__entreprise"))
    offre = not n_est_pas_un_depot(fil, reponse, le=maintenant).favorable
    donnees = {"fil": fil.reference, "raison": "offre par message" if offre else "irrecevable"}
    fichiers = len(reponse.fichiers)
    _journaliser_dans(fil.consultation, "courrier.refuser", par=par.acteur, le=maintenant, **donnees, fichiers=fichiers)


def n_est_pas_un_depot(fil: Fil, reponse: Reponse, *, le: datetime) -> Decision:
    noms = [nom for f in reponse.fichiers for nom in (f.nom, *noms_dans(f.nom, f.flux))]
    return rules.n_est_pas_un_depot(texte=reponse.texte, noms=noms, moment=queries.moment_de(fil, le=le))


@transaction.atomic
def lire_les_retours(*, fil: Fil, par: Utilisateur, maintenant: datetime) -> int:
    """Un agent lit ce que l'entreprise a répondu : « À faire » n'a plus à le dire."""
    if not fil.retours.filter(lu_le=None).exists():
        return 0
    fil = verrouiller(fil, avec=("consultation__organisme",))
    lus = list(fil.retours.filter(lu_le=None))
    for retour in lus:
        retour.lu_le, retour.lu_par = maintenant, par
        retour.save(update_fields=["lu_le", "lu_par"])
    if lus:
        references = [retour.reference for retour in lus]
        _journaliser_dans(
            fil.consultation, "courrier.lire_la_reponse", par=par.acteur, le=maintenant, retours=references
        )
    return len(lus)


def _journaliser(courrier: Courrier, acte: str, *, par: Acteur, le: datetime, **donnees: object) -> None:
    _journaliser_dans(courrier.consultation, acte, par=par, le=le, courrier=courrier.reference, **donnees)


def _journaliser_dans(consultation: Consultation, acte: str, *, par: Acteur, le: datetime, **donnees: object) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees=donnees,
    )


def empreinte(contenu: str) -> str:
    """L'empreinte du contenu d'une écriture : elle se retrouve au journal sans en dire le numéro."""
    return hashlib.sha256(contenu.encode()).hexdigest()
