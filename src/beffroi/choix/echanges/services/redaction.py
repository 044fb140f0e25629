"""Préparer un courrier : son texte, ses destinataires, ses fichiers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.choix.echanges import queries, rules
from beffroi.choix.echanges.models import Courrier, Exemplaire, Fil, PieceJointe, Retour
from beffroi.choix.echanges.services.actes import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_sans_exclure
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class Projet:
    """Le courrier que l'acheteur prépare.

    `a` : les établissements choisis ; `retirees` : les fichiers qu'il ôte.
    """

    sorte: str
    sujet: str
    texte: str
    a: Sequence[Equipe]
    reponse_avant: datetime | None = None
    fichiers: Sequence[Fichier] = ()
    retirees: Sequence[str] = ()


@transaction.atomic
def rediger(
    *,
    consultation: Consultation,
    projet: Projet,
    par: Utilisateur,
    maintenant: datetime,
    courrier: Courrier | None = None,
) -> Courrier:
    """Garde le brouillon d'un courrier ;
    rien ne part, personne d'autre que l'acheteur ne le voit.
    """
    consultation = verrouiller_sans_exclure(consultation, avec=("organisme",))
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.sujet_recevable(projet.sujet))
    exiger(rules.texte_recevable(projet.texte))
    exiger_les_destinataires(consultation, projet, le=maintenant)
    courrier = (
        _a_preparer(courrier) if courrier else Courrier(consultation=consultation, redige_par=par)
    )
    courrier.sorte, courrier.sujet, courrier.texte = (
        projet.sorte,
        projet.sujet.strip(),
        projet.texte.strip(),
    )
    courrier.reponse_avant, courrier.redige_le = projet.reponse_avant, maintenant
    courrier.save()
    choisir(courrier, projet.a)
    _retirer(courrier.pieces.filter(reference__in=projet.retirees))
    for fichier in projet.fichiers:
        garder(fichier, courrier=courrier)
    noter(courrier, "courrier.rediger", par=par.acteur, le=maintenant)
    return courrier


def exiger_les_destinataires(consultation: Consultation, projet: Projet, *, le: datetime) -> None:
    """Relus sous verrou : nul n'est joint que l'acheteur ne connaisse déjà."""
    joignables = {
        joignable.equipe.pk: joignable for joignable in queries.joignables(consultation, le=le)
    }
    for equipe in projet.a:
        joignable = joignables.get(equipe.pk)
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


def choisir(courrier: Courrier, equipes: Iterable[Equipe]) -> None:
    chez = {equipe.pk: equipe for equipe in equipes}
    du_dossier = Fil.objects.filter(consultation=courrier.consultation)
    ouverts = set(du_dossier.filter(equipe__in=chez).values_list("equipe", flat=True))
    for cle in chez.keys() - ouverts:
        # Un autre agent l'ouvre peut-être au même instant :
        # le fil est à tous ceux qui écrivent à cette entreprise.
        Fil.objects.get_or_create(consultation=courrier.consultation, equipe=chez[cle])
    fils = {fil.pk: fil for fil in du_dossier.filter(equipe__in=chez)}
    otes = courrier.exemplaires.exclude(fil__in=fils)
    _retirer(PieceJointe.objects.filter(exemplaire__in=otes))
    otes.delete()
    deja = set(courrier.exemplaires.values_list("fil", flat=True))
    Exemplaire.objects.bulk_create(
        Exemplaire(courrier=courrier, fil=fils[cle]) for cle in fils if cle not in deja
    )


def _retirer(pieces: Any) -> None:
    cles = list(pieces.values_list("cle_de_stockage", flat=True))
    pieces.delete()
    for cle in cles:
        transaction.on_commit(lambda cle=cle: stockage().supprimer(cle))  # type: ignore[misc]


def garder(fichier: Fichier, **a_quoi: Courrier | Exemplaire | Retour) -> PieceJointe:
    """`courrier` pour tous, `exemplaire` pour une entreprise, ou `retour` :
    un seul des trois, la base y veille.
    """
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
    noter(courrier, "courrier.rediger", par=par, le=maintenant)
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
    """Les fichiers qu'une entreprise sera seule à recevoir :
    son contrat, le détail de ses notes.
    """
    courrier = _a_preparer(exemplaire.courrier)
    _retirer(exemplaire.pieces.filter(reference__in=retirees))
    exiger(rules.pieces_au_plus(deja=exemplaire.pieces.count(), nouvelles=len(fichiers)))
    for fichier in fichiers:
        garder(fichier, exemplaire=exemplaire)
    noter(courrier, "courrier.rediger", par=par, le=maintenant)
    return exemplaire


@transaction.atomic
def supprimer(*, courrier: Courrier, par: Acteur, maintenant: datetime) -> None:
    """Oublie un brouillon. Un courrier envoyé ne s'efface pas."""
    courrier = _a_preparer(courrier)
    _retirer(courrier.pieces.all())
    _retirer(PieceJointe.objects.filter(exemplaire__courrier=courrier))
    courrier.exemplaires.all().delete()
    courrier.delete()
    noter(courrier, "courrier.supprimer", par=par, le=maintenant)
