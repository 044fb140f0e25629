"""Le registre des violations :
l'heure, ce qui est dû, ce qui s'écrit, ce qui part, et que rien ne s'y reprend.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict

from beffroi.centre.interventions.tests.theatre import SIRET_VOISIN, agent, centre, en_service
from beffroi.garde.violations import documents, queries
from beffroi.garde.violations.models import Suite, Violation
from beffroi.garde.violations.services import declaration, suites
from beffroi.garde.violations.tests.scene import HEURE, SUE, notifiee, violation
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire():
    return agent(centre(), "Claire Juriste", "juriste")


@pytest.fixture
def ouverte(claire):
    return violation(claire)


def precision(**autres):
    valeurs = {
        "texte": "Quarante agents.",
        "responsable": True,
        "sous_traitant": True,
        "risque": "risque",
        "nombre_de_personnes": None,
        "nombre_d_enregistrements": None,
    }
    return declaration.Precision(**{**valeurs, **autres})


def actes(une: Violation) -> list[str]:
    return list(
        Ecriture.objects.filter(sujet=une.reference).order_by("pk").values_list("acte", flat=True)
    )


def test_declarer_numerote_ouvre_le_compte_et_previent_le_juriste(ouverte, claire):
    ligne = queries.ligne(ouverte, le=LUNDI)
    courriel = Courriel.objects.get(destinataire=claire.courriel, sujet__contains=ouverte.reference)

    assert ouverte.reference == f"V-{SUE.year}-001" and actes(ouverte) == ["violation.declarer"]
    assert (ligne.compte.limite, ligne.compte.reste) == (SUE + 72 * HEURE, 71 * HEURE)
    assert ouverte.nature not in courriel.texte and "72 heures" in courriel.texte


def test_un_second_clic_ne_declare_pas_deux_fois(ouverte, claire):
    assert violation(claire).pk == ouverte.pk
    assert Violation.objects.count() == 1


def test_on_ne_declare_pas_ce_que_l_on_saura_demain(claire):
    with pytest.raises(RegleEnfreinte, match="plus tard que maintenant"):
        violation(claire, connue_le=LUNDI + HEURE)


def test_notifier_arrete_le_compte_puis_se_complete(ouverte, claire):
    notifiee(ouverte, claire, le=LUNDI)
    notifiee(ouverte, claire, le=LUNDI + 90 * HEURE, cle="n2")

    ligne = queries.ligne(queries.violation(ouverte.reference), le=LUNDI)
    assert ligne.compte is None and ligne.a_temps
    assert list(Suite.objects.values_list("sorte", flat=True)) == ["notification", "complement"]


def test_notifier_tard_demande_ses_motifs_et_se_dit(ouverte, claire):
    tard = SUE + timedelta(hours=72, seconds=1)
    with pytest.raises(RegleEnfreinte, match="motifs du retard"):
        notifiee(ouverte, claire, le=tard)
    notifiee(ouverte, claire, le=tard, motif="Les faits n'étaient pas sûrs.")

    assert not queries.ligne(queries.violation(ouverte.reference), le=tard).a_temps


def test_le_risque_revu_rend_la_notification_due(claire):
    une = violation(claire, risque="aucun", sous_traitant=False)
    suites.ecarter_la_notification(
        violation=une, texte="Chiffré.", cle="e", par=claire, maintenant=LUNDI
    )
    assert queries.ligne(queries.violation(une.reference), le=LUNDI).reste == ()

    declaration.preciser(
        violation=une,
        precision=precision(sous_traitant=False),
        cle="p",
        par=claire,
        maintenant=LUNDI,
    )
    relue = queries.violation(une.reference)
    assert queries.ligne(relue, le=LUNDI).compte is not None
    changements = Suite.objects.get(sorte="precision").changements
    assert (
        "aucun risque probable pour les personnes, puis un risque pour les personnes" in changements
    )


def test_prevenir_ecrit_a_chacun_une_fois_et_ne_dit_aucun_fait(ouverte, claire):
    bomy, voisine = en_service(), en_service(SIRET_VOISIN, "Commune voisine", "Odile Roux")
    suites.prevenir(
        violation=ouverte, organismes=[bomy], message="Méfiez-vous.", par=claire, maintenant=LUNDI
    )
    refait = suites.prevenir(
        violation=ouverte,
        organismes=[bomy, voisine],
        message="Méfiez-vous.",
        par=claire,
        maintenant=LUNDI + HEURE,
    )

    assert [touche.organisme for touche in refait] == [voisine]
    partis = Courriel.objects.filter(sujet__contains="vous concerne")
    assert partis.count() == 2 and not partis.filter(texte__contains=ouverte.nature).exists()
    assert list(queries.a_prevenir(ouverte)) == []


def test_une_meme_personne_de_deux_communes_recoit_les_deux(ouverte, claire):
    bomy, voisine = en_service(), en_service(SIRET_VOISIN, "Commune voisine", "Odile Roux")
    bomy.courriel = voisine.courriel = "marches@communs.example"
    for une in (bomy, voisine):
        une.save(update_fields=["courriel"])
    suites.prevenir(
        violation=ouverte, organismes=[bomy, voisine], message="M.", par=claire, maintenant=LUNDI
    )

    assert Courriel.objects.filter(destinataire="marches@communs.example").count() == 2


def test_preciser_le_dit_aux_adherents_prevenus(ouverte, claire):
    suites.prevenir(
        violation=ouverte, organismes=[en_service()], message="M.", par=claire, maintenant=LUNDI
    )
    declaration.preciser(
        violation=ouverte, precision=precision(), cle="p", par=claire, maintenant=LUNDI + HEURE
    )

    assert Courriel.objects.filter(sujet__contains="du nouveau").count() == 1


def test_clore_attend_tout_ce_qui_est_du_puis_rien_ne_s_ajoute(ouverte, claire):
    with pytest.raises(RegleEnfreinte, match="Prévenez chaque adhérent") as refus:
        declaration.clore(violation=ouverte, bilan="Fini.", par=claire, maintenant=LUNDI)
    assert len(refus.value.motifs) == 2
    suites.prevenir(
        violation=ouverte, organismes=[en_service()], message="M.", par=claire, maintenant=LUNDI
    )
    notifiee(ouverte, claire, le=LUNDI)
    close = declaration.clore(violation=ouverte, bilan="Fini.", par=claire, maintenant=LUNDI)

    assert close.etat == "close" and actes(close)[-1] == "violation.clore"
    with pytest.raises(ConflitEtat, match="close"):
        notifiee(close, claire, le=LUNDI + HEURE, cle="n3")
    with pytest.raises(ConflitEtat, match="close"):
        declaration.preciser(
            violation=close, precision=precision(), cle="p", par=claire, maintenant=LUNDI
        )


def test_chaque_acte_laisse_une_ecriture_sans_texte(ouverte, claire):
    notifiee(ouverte, claire, le=LUNDI)
    suites.communiquer(
        violation=ouverte,
        faite_le=LUNDI,
        texte="Par lettre.",
        nombre=3,
        cle="c",
        par=claire,
        maintenant=LUNDI,
    )
    suites.ecarter_la_communication(
        violation=ouverte, cas="illisibles", texte="Chiffré.", cle="s", par=claire, maintenant=LUNDI
    )

    assert actes(ouverte)[1:] == [
        "violation.notifier_la_cnil",
        "violation.communiquer",
        "violation.ecarter_la_communication",
    ]
    assert "Par lettre" not in str(list(Ecriture.objects.values_list("contenu", flat=True)))


def test_ne_pas_prevenir_vaut_par_la_derniere_raison_donnee(claire):
    une = violation(claire, risque="risque", sous_traitant=False)
    notifiee(une, claire, le=LUNDI)

    def ecarter(cas, cle):
        suites.ecarter_la_communication(
            violation=une, cas=cas, texte="T.", cle=cle, par=claire, maintenant=LUNDI
        )
        return [
            str(motif.source)
            for motif in queries.ligne(queries.violation(une.reference), le=LUNDI).reste
        ]

    ecarter("pas_eleve", "c1")
    eleve = precision(sous_traitant=False, risque="eleve")
    declaration.preciser(violation=une, precision=eleve, cle="p", par=claire, maintenant=LUNDI)
    assert [
        str(m.source) for m in queries.ligne(queries.violation(une.reference), le=LUNDI).reste
    ] == ["RGPD, art. 34"]
    une.refresh_from_db()
    assert ecarter("illisibles", "c2") == []


def test_un_second_clic_ne_note_pas_deux_suites(ouverte, claire):
    notifiee(ouverte, claire, le=LUNDI)
    notifiee(ouverte, claire, le=LUNDI)
    declaration.preciser(
        violation=ouverte, precision=precision(), cle="p", par=claire, maintenant=LUNDI
    )
    declaration.preciser(
        violation=ouverte, precision=precision(), cle="p", par=claire, maintenant=LUNDI
    )

    assert Suite.objects.count() == 2


def test_la_base_refuse_une_cloture_sans_bilan_et_des_donnees_sans_atteinte(ouverte):
    for faux in (
        {"etat": "close"},
        {"confidentialite": False},
        {"responsable": False, "sous_traitant": False},
    ):
        dite = {
            **model_to_dict(ouverte, exclude=["id", "declaree_par"]),
            "declaree_par": ouverte.declaree_par,
        }
        with pytest.raises(IntegrityError, match=r"(?i)check"), transaction.atomic():
            Violation.objects.create(**{**dite, "reference": "V-X", "cle_d_envoi": "x", **faux})


def test_le_registre_s_emporte_avec_ses_suites(ouverte, claire):
    notifiee(ouverte, claire, le=LUNDI)
    suites.prevenir(
        violation=ouverte, organismes=[en_service()], message="M.", par=claire, maintenant=LUNDI
    )

    lu = documents.registre(le=LUNDI).decode("utf-8-sig")
    assert ouverte.reference in lu and "Notifiée à la CNIL" in lu and "Commune de Bomy" in lu
    assert documents.fiche(queries.violation(ouverte.reference), le=LUNDI).startswith(b"%PDF-")
