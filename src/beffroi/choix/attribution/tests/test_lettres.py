"""Les lettres : une par entreprise, ce que la loi veut y lire,
toutes parties d'un acte, et l'attente qui court.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from beffroi.choix.attribution import queries, services
from beffroi.choix.attribution.events import AttributionNotifiee
from beffroi.choix.attribution.models import Lettre
from beffroi.choix.attribution.queries import EtatDuLot
from beffroi.choix.attribution.rules.lettres import champ_du_jour
from beffroi.choix.attribution.services import Relecture
from beffroi.choix.attribution.tests.scene import (
    AVANTAGES,
    DECISION_LE,
    MOTIF,
    envoyer,
    lettre_a,
    notifie,
    relire_tout,
)
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture
from droit.calendrier.heures import PARIS
from formats.sommes import en_euros

pytestmark = pytest.mark.django_db


def test_une_lettre_par_entreprise_et_rien_ne_part(ouvert):
    ouvert.attribuer()

    lettres = services.preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=DECISION_LE
    )

    assert len(lettres) == 3
    assert not Courrier.objects.exists()


def test_la_lettre_de_rejet_dit_la_place_le_nom_le_choix_le_jour_et_le_tribunal(ouvert):
    notifie(ouvert)

    texte = Exemplaire.objects.get(fil__equipe=ouvert.plis[1].equipe).texte
    for attendu in (
        "classée 2e, avec la note de 71,5",
        "Votre planning est plus long.",
        ouvert.plis[0].equipe.nom,
        MOTIF,
        AVANTAGES,
        "avant le 26 janvier 2027",
        "tribunal administratif de Lille",
        "15 jours",
    ):
        assert attendu in texte


def test_la_lettre_ne_dit_rien_de_l_autre_entreprise_non_retenue(ouvert):
    notifie(ouvert)

    texte = Exemplaire.objects.get(fil__equipe=ouvert.plis[1].equipe).texte
    assert ouvert.plis[2].equipe.nom not in texte
    assert en_euros(Decimal("41250.00")) not in texte


def test_la_lettre_de_la_retenue_dit_le_montant_et_qu_elle_ne_notifie_pas(ouvert):
    notifie(ouvert)

    texte = Exemplaire.objects.get(fil__equipe=ouvert.plis[0].equipe).texte
    assert en_euros(Decimal("41250.00")) in texte
    assert "ne vaut pas notification" in texte


def test_une_lettre_sans_motif_de_rejet_ne_se_relit_pas(ouvert):
    ouvert.attribuer()
    services.preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=DECISION_LE
    )
    lettre = lettre_a(ouvert, 1)

    with pytest.raises(RegleEnfreinte, match="ne dit pas le motif du rejet"):
        services.relire(
            lettre=lettre,
            relecture=Relecture(lettre.texte),
            par=ouvert.martine,
            maintenant=DECISION_LE,
        )


def test_une_lettre_dont_on_efface_le_jour_ne_se_relit_pas(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)
    lettre = lettre_a(ouvert, 1)
    efface = Relecture(lettre.texte.replace(champ_du_jour(None), "mois prochain"))

    with pytest.raises(RegleEnfreinte, match="le jour à partir duquel"):
        services.relire(lettre=lettre, relecture=efface, par=ouvert.martine, maintenant=DECISION_LE)


def test_une_lettre_non_relue_retient_toutes_les_autres(ouvert):
    ouvert.attribuer()
    services.preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=DECISION_LE
    )

    with pytest.raises(RegleEnfreinte, match="Relisez la lettre à"):
        envoyer(ouvert)

    assert not Exemplaire.objects.exists()


def test_toutes_partent_d_un_acte_et_d_une_ecriture(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)
    avant = Ecriture.objects.latest("numero").numero

    envoyer(ouvert)

    actes = list(Ecriture.objects.filter(numero__gt=avant).values_list("acte", flat=True))
    assert actes == ["courrier.envoyer", "consultation.attribuer"]
    assert Exemplaire.objects.filter(remis_le=DECISION_LE).count() == 3
    assert ouvert.consultation.etat == "attribuee"


def test_un_serveur_de_courriel_mort_retarde_les_alertes_et_ne_coupe_pas_l_envoi(
    ouvert, monkeypatch
):
    def panne(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", panne)
    notifie(ouvert)
    attendent = Courriel.objects.filter(cle__in=Alerte.objects.values("cle"))

    vider_la_file()

    assert (
        Exemplaire.objects.exclude(remis_le=None).count(),
        attendent.filter(envoye_le=None).count(),
    ) == (3, 3)
    assert ouvert.lot().signable_le == date(2027, 1, 26)


def test_un_second_clic_dit_qui_a_envoye_et_n_envoie_rien(ouvert):
    notifie(ouvert)

    with pytest.raises(RegleEnfreinte, match="déjà parties, envoyées par Martine"):
        envoyer(ouvert, par=ouvert.helene)

    assert Courrier.objects.count() == 1


def test_l_attente_court_de_l_envoi_et_bloque_la_signature_jusqu_a_minuit(ouvert):
    notifie(ouvert)

    assert (ouvert.lot().signable_le, ouvert.lot().etat) == (
        date(2027, 1, 26),
        EtatDuLot.EN_ATTENTE,
    )
    veille, jour = datetime(2027, 1, 25, 23, 59, tzinfo=PARIS), datetime(2027, 1, 26, tzinfo=PARIS)
    assert not queries.peut_signer(ouvert.consultation, None, le=veille).favorable
    assert queries.peut_signer(ouvert.consultation, None, le=jour).favorable
    assert ouvert.lot(le=jour).etat == EtatDuLot.SIGNABLE


def test_une_lettre_partie_a_minuit_passe_a_paris_compte_du_lendemain(ouvert):
    notifie(ouvert, le=datetime(2027, 1, 15, 23, 30, tzinfo=UTC))

    assert ouvert.lot().signable_le == date(2027, 1, 27)


def test_une_lettre_partie_sur_papier_porte_l_attente_a_seize_jours(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)
    lettre = lettre_a(ouvert, 1)
    papier = Relecture(lettre.texte, Lettre.Voie.AUTRE, date(2027, 1, 15), "1A 234")
    services.relire(lettre=lettre, relecture=papier, par=ouvert.martine, maintenant=DECISION_LE)

    envoyer(ouvert)

    assert ouvert.lot().signable_le == date(2027, 1, 31)
    assert Exemplaire.objects.count() == 2
    assert "31 janvier 2027" in Lettre.objects.get(pk=lettre.pk).texte


def test_l_annonce_dit_le_lot_et_le_jour(ouvert, monkeypatch):
    recus = []
    monkeypatch.setitem(evenements._abonnes, AttributionNotifiee, [recus.append])

    notifie(ouvert)

    assert [(annonce.lot, annonce.signable_le) for annonce in recus] == [(None, date(2027, 1, 26))]


def test_une_lettre_partie_ne_change_plus(ouvert):
    notifie(ouvert)
    lettre = lettre_a(ouvert, 1)

    with pytest.raises(ConflitEtat, match="est partie"):
        services.relire(
            lettre=lettre, relecture=Relecture("Autre"), par=ouvert.martine, maintenant=DECISION_LE
        )


def test_une_correction_efface_les_projets_de_lettres(ouvert):
    premiere = ouvert.attribuer()
    relire_tout(ouvert)

    ouvert.remplacer(premiere)

    assert not Lettre.objects.exists()


def test_apres_les_lettres_la_suivante_remplace_la_defaillante_et_l_attente_repart(ouvert):
    notifie(ouvert)
    premiere = ouvert.lot().attribution
    with pytest.raises(RegleEnfreinte, match="ne se corrige plus"):
        ouvert.remplacer(premiere)

    ouvert.remplacer(premiere, cause="defaillance")
    assert ouvert.lot().etat == EtatDuLot.A_NOTIFIER
    plus_tard = DECISION_LE + timedelta(days=20)
    relire_tout(ouvert, le=plus_tard)
    envoyer(ouvert, le=plus_tard)

    assert ouvert.lot().signable_le == date(2027, 2, 15)
    assert Lettre.objects.filter(vague=2).count() == 3


def test_une_lettre_ne_part_pas_par_la_poste_avant_la_decision_qu_elle_annonce(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)
    lettre = lettre_a(ouvert, 1)
    trop_tot = Relecture(lettre.texte, Lettre.Voie.AUTRE, date(2027, 1, 14), "1A 234")

    with pytest.raises(RegleEnfreinte, match="avant la décision"):
        services.relire(
            lettre=lettre, relecture=trop_tot, par=ouvert.martine, maintenant=DECISION_LE
        )
