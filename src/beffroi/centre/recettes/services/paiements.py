"""Noter un paiement, le rapprocher de son titre, le contre-passer s'il est faux."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.rules import recevabilite
from beffroi.centre.recettes.rules.reperes import numero_d_encaissement
from beffroi.centre.recettes.services.titres import VERROU_DES_RECETTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@dataclass(frozen=True)
class Encaissement:
    """Ce que le comptable a reçu :
    la référence de la banque, le jour, la somme, ce que le relevé en dit.
    """

    numero: str
    recu_le: date
    montant: Decimal
    libelle: str = ""


@transaction.atomic
def encaisser(
    *, titre: TitreDeRecette, encaissement: Encaissement, par: Utilisateur, maintenant: datetime
) -> Paiement:
    """Un paiement, partiel ou entier ;
    jamais deux fois le même, jamais plus que ce qui reste dû.
    """
    verrou_nomme(VERROU_DES_RECETTES)
    numero = numero_d_encaissement(encaissement.numero)
    if not numero:
        raise RegleEnfreinte(
            "Donnez la référence du comptable ou de la banque : elle évite de noter deux fois."
        )
    deja = Paiement.objects.filter(numero=numero, contrepasse_le=None).first()
    if deja:
        raise RegleEnfreinte(f"L'encaissement {numero} est déjà noté, au {deja.recu_le:%d/%m/%Y}.")
    titre = _a_payer(titre, encaissement.recu_le, encaissement.montant, maintenant=maintenant)
    paiement = Paiement.objects.create(
        titre=titre, **{**vars(encaissement), "numero": numero}, note_par=par, note_le=maintenant
    )
    _journaliser("recettes.encaisser", paiement, titre, par=par, le=maintenant)
    return paiement


@transaction.atomic
def rapprocher(
    *,
    paiement: Paiement,
    titre: TitreDeRecette,
    garde_le_surplus: bool = False,
    par: Utilisateur,
    maintenant: datetime,
) -> Paiement:
    """Attache à son titre une somme reçue sans repère.

    Rapprochée, elle n'en change plus : elle se contre-passe. `garde_le_surplus` : on sait qu'elle
    dépasse ce que le titre demande ; le surplus se lit au solde, comme un trop-perçu à rendre.
    """
    verrou_nomme(VERROU_DES_RECETTES)
    paiement = verrouiller(paiement)
    if paiement.titre_id is not None or paiement.contrepasse_le:
        raise ConflitEtat(
            "Ce paiement n'est plus à rapprocher : une autre personne s'en est chargée."
        )
    titre = _a_payer(
        titre,
        paiement.recu_le,
        paiement.montant,
        garde_le_surplus=garde_le_surplus,
        maintenant=maintenant,
    )
    paiement.titre = titre
    paiement.save(update_fields=["titre"])
    _journaliser("recettes.rapprocher", paiement, titre, par=par, le=maintenant)
    return paiement


@transaction.atomic
def contre_passer(
    *, paiement: Paiement, le: date, motif: str, par: Utilisateur, maintenant: datetime
) -> Paiement:
    """Défait un paiement noté à tort.

    Il reste écrit, avec sa contre-passation ; ce qu'il avait payé redevient dû.
    """
    verrou_nomme(VERROU_DES_RECETTES)
    paiement = verrouiller(paiement, avec=("titre__contribution",))
    if paiement.contrepasse_le:
        raise ConflitEtat(
            f"Ce paiement est déjà contre-passé, le {paiement.contrepasse_le:%d/%m/%Y}."
        )
    aujourd_hui = maintenant.astimezone(PARIS).date()
    exiger(
        recevabilite.peut_contre_passer(recu_le=paiement.recu_le, le=le, aujourd_hui=aujourd_hui)
    )
    paiement.contrepasse_le, paiement.contrepasse_par, paiement.motif_de_contrepassation = (
        le,
        par,
        motif.strip(),
    )
    paiement.save(update_fields=["contrepasse_le", "contrepasse_par", "motif_de_contrepassation"])
    _journaliser("recettes.contre_passer", paiement, paiement.titre, par=par, le=maintenant)
    return paiement


def inscrire_en_nombre(paiements: Sequence[Paiement]) -> None:
    """Les paiements d'un fichier relu ;
    l'appelant tient le verrou, la transaction, et journalise.
    """
    Paiement.objects.bulk_create(paiements, batch_size=500)


def _a_payer(
    titre: TitreDeRecette,
    recu_le: date,
    montant: Decimal,
    *,
    garde_le_surplus: bool = False,
    maintenant: datetime,
) -> TitreDeRecette:
    """Le titre, sa contribution sous verrou (un avoir ne la change pas pendant ce temps),
    s'il reste assez à payer.
    """
    verrouiller(Contribution(pk=titre.contribution_id))
    titre = TitreDeRecette.objects.select_related("contribution").get(pk=titre.pk)
    if titre.annule_le:
        raise RegleEnfreinte(f"Le titre {titre} est annulé : aucun paiement ne s'y note.")
    aujourd_hui = maintenant.astimezone(PARIS).date()
    reste = lecture.reste_du_titre(titre)
    decision = recevabilite.peut_encaisser(
        recu_le=recu_le,
        montant=montant,
        reste=reste,
        aujourd_hui=aujourd_hui,
        garde_le_surplus=garde_le_surplus,
    )
    exiger(decision)
    return titre


def _journaliser(
    acte: str, paiement: Paiement, titre: TitreDeRecette | None, *, par: Utilisateur, le: datetime
) -> None:
    contribution = titre.contribution if titre else None
    journaliser(
        acte,
        sujet=contribution.reference if contribution else paiement.reference,
        organisme=contribution.siret if contribution else "",
        par=par.acteur,
        le=le,
        donnees={
            "paiement": paiement.reference,
            "numero": paiement.numero,
            "montant": f"{paiement.montant:.2f}",
            "titre": str(titre or ""),
        },
    )
