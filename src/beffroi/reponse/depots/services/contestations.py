"""« Ce n'est pas moi » : suspendre le retrait ou le remplacement d'un pli, puis y revenir."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.tours.queries import limite_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import contestations, queries, rules
from beffroi.reponse.depots.courriels import concernes, ecrire_la_contestation
from beffroi.reponse.depots.events import GesteConteste
from beffroi.reponse.depots.models import Contestation, Pli
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, exiger
from beffroi.socle.fondations.evenements import publier
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser, signer_un_point_de_controle


@transaction.atomic
def contester(*, pli: Pli, par: Utilisateur, maintenant: datetime) -> Contestation:
    """Suspend le retrait ou le remplacement de ce pli : il reste déposé, et à l'ouverture
    l'acheteur dit, avant de rien lire, lequel compte (CCP, art. R. 2151-6).
    """
    pli, limite = _pli_et_limite(pli)
    if par not in concernes(pli):
        raise Introuvable()
    geste = contestations.geste_a_contester(pli)
    deja = contestations.contestation_en_cours(pli) is not None
    exiger(rules.peut_contester(le=maintenant, date_limite=limite, geste=geste, conteste=deja))
    contestation = Contestation.objects.create(
        pli=pli, geste=geste, contestee_par=par, contestee_le=maintenant
    )
    franchir(pli, "contester", par=par.acteur, le=maintenant, donnees={"geste": geste})
    signer_un_point_de_controle(le=maintenant)
    ecrire_la_contestation(contestation, le=maintenant)
    publier(GesteConteste(contestation))
    return contestation


@transaction.atomic
def lever_la_contestation(
    *, contestation: Contestation, par: Utilisateur, maintenant: datetime
) -> None:
    """C'était bien l'équipe : le retrait ou le remplacement reprend son effet."""
    pli, limite = _pli_et_limite(contestation.pli)
    contestation = verrouiller(contestation)
    if contestation.levee_le:
        raise ConflitEtat("C'est déjà fait. Rechargez la page.")
    exiger(
        rules.peut_lever_la_contestation(
            le=maintenant,
            date_limite=limite,
            la_meme_personne=contestation.contestee_par_id == par.pk,
        )
    )
    contestation.levee_le = maintenant
    contestation.save(update_fields=["levee_le"])
    journaliser(
        "pli.lever_la_contestation",
        sujet=pli.reference,
        organisme=pli.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"geste": contestation.geste},
    )
    _rendre_son_effet(pli, contestation, par=par, le=maintenant)
    signer_un_point_de_controle(le=maintenant)
    ecrire_la_contestation(contestation, le=maintenant)


def _pli_et_limite(pli: Pli) -> tuple[Pli, datetime]:
    """Le pli et son heure limite, sous verrou, dans l'ordre où le retrait les prend aussi."""
    consultation = verrouiller(pli.consultation)
    pli = verrouiller(pli, avec=("equipe", "depose_par"))
    tour = verrouiller(pli.tour) if pli.tour else None
    return pli, limite_de(consultation, tour)


def _rendre_son_effet(
    pli: Pli, contestation: Contestation, *, par: Utilisateur, le: datetime
) -> None:
    if contestation.geste == Contestation.Geste.RETRAIT:
        franchir(pli, "retirer", par=par.acteur, le=le)
        return
    remplacant = _remplacant_entier(pli)
    if remplacant:
        donnees = {"par": remplacant.reference}
        franchir(pli, "remplacer", par=par.acteur, le=le, donnees=donnees)


def _remplacant_entier(pli: Pli) -> Pli | None:
    """Le dernier de ceux qui, ensemble, ne laissent plus compter aucune enveloppe de ce pli."""
    memes = queries.plis_de(pli.consultation, pli.tour).filter(
        equipe__pays=pli.equipe.pays, equipe__numero_d_entreprise=pli.equipe.numero_d_entreprise
    )
    entiers = rules.plis_entierement_remplaces(
        queries.faits(memes, date_limite=pli.limite_actuelle),
        concession=pli.consultation.est_concession,
    )
    return pli.remplacants.order_by("-recu_le").first() if pli.reference in entiers else None
