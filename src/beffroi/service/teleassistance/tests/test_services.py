"""Accepter, rejoindre, montrer, finir ; ce que le journal en garde, ce qui s'efface."""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.teleassistance import codes, rules, taches
from beffroi.service.teleassistance.models import (
    AccordEnAttente,
    CodeFaux,
    Cote,
    Partage,
    Signal,
)
from beffroi.service.teleassistance.services import partages, signaux
from beffroi.service.teleassistance.tests.theatre import consentir, martine, rejoindre, samir
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
OFFRE = '{"sdp": "v=0 192.0.2.17"}'


def actes(partage):
    return list(
        Ecriture.objects.filter(sujet=partage.reference)
        .order_by("pk")
        .values_list("acte", flat=True)
    )


def test_de_l_accord_a_la_fin_chaque_fait_est_au_journal():
    partage = consentir(martine())
    partage = rejoindre(partage, samir(), le=LUNDI + MINUTE)
    partages.montrer(partage=partage, maintenant=LUNDI + 2 * MINUTE)
    fini = partages.terminer(
        partage=partage,
        cote=Cote.PERSONNE,
        par=partage.personne.acteur,
        maintenant=LUNDI + 5 * MINUTE,
    )

    assert (fini.etat, fini.fini_par) == ("termine", "personne")
    assert actes(partage) == [
        "partage.consentir",
        "partage.rejoindre",
        "partage.montrer",
        "partage.terminer",
    ]
    assert '"montre_s":180' in Ecriture.objects.get(acte="partage.terminer").contenu


def test_un_accord_que_personne_ne_rejoint_ne_laisse_rien_au_registre():
    """Un inconnu en donne autant que son budget le permet, et ne fait pas grossir le registre."""
    premier = consentir()
    second = consentir(precedent=premier, le=LUNDI + MINUTE)
    partages.refuser(partage=second, maintenant=LUNDI + 2 * MINUTE)
    consentir(le=LUNDI + 3 * MINUTE)
    taches.expirer(LUNDI + timedelta(hours=1))

    assert not Ecriture.objects.filter(acte__startswith="partage.").exists()
    assert [a.etat for a in AccordEnAttente.objects.order_by("pk")] == [
        "remplace",
        "refuse",
        "expire",
    ]


def test_l_accord_entre_au_registre_avec_qui_le_rejoint_et_son_heure():
    accord = consentir(martine())
    rejoindre(accord, samir(), le=LUNDI + 4 * MINUTE)

    ecriture = Ecriture.objects.get(acte="partage.consentir")
    assert ecriture.acteur_libelle == "Martine Caron" and ecriture.le == LUNDI + 4 * MINUTE
    assert instant(LUNDI) in ecriture.contenu
    assert not AccordEnAttente.objects.exists()


def test_elle_annule_son_code_a_l_instant_ou_l_agent_la_rejoint():
    """Sa page montrait encore le code : c'est le partage qui finit, et le registre le dit."""
    accord = consentir(martine())
    partage = rejoindre(accord, samir())

    assert partages.refuser(partage=accord, maintenant=LUNDI).etat == "refuse"
    assert actes(partage)[-1] == "partage.refuser"


def test_rien_ne_se_montre_ni_ne_se_dit_avant_que_l_agent_soit_la():
    accord = consentir(martine())

    with pytest.raises(ConflitEtat, match="Personne ne vous a encore rejoint"):
        partages.montrer(partage=accord, maintenant=LUNDI)
    with pytest.raises(ConflitEtat, match="l'état est maintenant"):
        partages.couper(
            partage=accord, cote=Cote.PERSONNE, par=partages.acteur_de(accord), maintenant=LUNDI
        )


def test_un_accord_efface_ne_finit_plus():
    accord = consentir()
    taches.expirer(LUNDI + timedelta(hours=3))

    with pytest.raises(Introuvable):
        partages.refuser(partage=accord, maintenant=LUNDI + timedelta(hours=3))


def test_l_accord_garde_l_empreinte_du_texte_accepte():
    partage = rejoindre(consentir(martine()), samir())

    assert partage.texte_accepte == rules.empreinte_du_texte()
    assert rules.empreinte_du_texte() in str(Ecriture.objects.get(acte="partage.consentir").contenu)


def test_le_code_n_est_ecrit_nulle_part():
    accord = consentir(martine())
    code = codes.code_de(accord.reference)
    assert code not in str(AccordEnAttente.objects.values().get())

    rejoindre(accord, samir())
    assert code not in str(Partage.objects.values().get())
    ecrites = Ecriture.objects.filter(sujet=accord.reference)
    assert ecrites and not any(code in str(ecriture.contenu) for ecriture in ecrites)


def test_le_code_ne_sert_qu_une_fois():
    partage, fanny = consentir(martine()), agent(centre(), "Fanny Technicienne", "technicien")
    rejoindre(partage, samir())

    assert (
        partages.rejoindre(code=codes.code_de(partage.reference), par=fanny, maintenant=LUNDI)
        is None
    )


def test_le_code_ne_vaut_plus_apres_dix_minutes():
    partage, technicien = consentir(martine()), samir()
    code = codes.code_de(partage.reference)

    assert partages.rejoindre(code=code, par=technicien, maintenant=LUNDI + 10 * MINUTE) is None
    juste_avant = LUNDI + 10 * MINUTE - timedelta(seconds=1)
    rejoint = partages.rejoindre(code=code, par=technicien, maintenant=juste_avant)
    assert rejoint.reference == partage.reference


def test_apres_cinq_codes_faux_meme_le_bon_attend():
    partage, technicien = consentir(martine()), samir()
    bon = codes.code_de(partage.reference)
    faux = f"{(int(bon) + 1) % 10**6:06d}"
    for _ in range(5):
        assert partages.rejoindre(code=faux, par=technicien, maintenant=LUNDI) is None

    with pytest.raises(RegleEnfreinte, match="Attendez dix minutes"):
        partages.rejoindre(code=bon, par=technicien, maintenant=LUNDI + MINUTE)
    taches.expirer(LUNDI + 10 * MINUTE)
    assert not CodeFaux.objects.exists()


def test_deux_personnes_qui_attendent_n_ont_pas_le_meme_code(monkeypatch):
    premier = consentir()
    references = iter([premier.reference, "TA-UNEAUTRE"])
    monkeypatch.setattr(partages, "reference_de_partage", lambda: next(references))

    assert consentir().reference == "TA-UNEAUTRE"


def test_le_second_remplace_le_premier():
    personne = martine()
    premier = rejoindre(consentir(personne), samir())
    second = consentir(personne, le=LUNDI + MINUTE)

    premier.refresh_from_db()
    assert (premier.etat, premier.fini_par, second.etat) == ("remplace", "personne", "consenti")


def test_sans_compte_le_second_de_la_meme_demande_remplace_le_premier():
    saisie = Saisie(texte="Rien ne s'ouvre", cle="k")
    demande = demander(
        saisie=saisie, personne=Personne(courriel="o@x.example"), canal="web", maintenant=LUNDI
    )
    premier, autre = consentir(demande=demande), consentir()
    consentir(demande=demande)

    assert AccordEnAttente.objects.get(pk=premier.pk).etat == "remplace"
    assert AccordEnAttente.objects.get(pk=autre.pk).etat == "consenti"


def test_la_seconde_fin_ne_change_rien():
    partage = rejoindre(consentir(martine()), samir())
    partages.couper(
        partage=partage, cote=Cote.CENTRE, par=partage.rejoint_par.acteur, maintenant=LUNDI
    )
    partages.terminer(
        partage=partage, cote=Cote.PERSONNE, par=partage.personne.acteur, maintenant=LUNDI + MINUTE
    )

    assert Partage.objects.get().etat == "coupe"
    assert actes(partage)[-1] == "partage.couper"


def test_elle_peut_ne_rien_montrer():
    partage = rejoindre(consentir(martine()), samir())

    assert partages.refuser(partage=partage, maintenant=LUNDI).etat == "refuse"


def test_choisir_un_autre_ecran_n_est_pas_un_second_debut():
    partage = rejoindre(consentir(martine()), samir())
    partages.montrer(partage=partage, maintenant=LUNDI)
    partages.montrer(partage=partage, maintenant=LUNDI + MINUTE)

    assert Partage.objects.get().montre_le == LUNDI
    assert actes(partage).count("partage.montrer") == 1


def test_un_partage_oublie_finit_de_lui_meme():
    attendu, dure = consentir(), rejoindre(consentir(martine()), samir())
    taches.expirer(LUNDI + 10 * MINUTE)
    assert AccordEnAttente.objects.get(pk=attendu.pk).etat == "expire"
    assert Partage.objects.get(pk=dure.pk).etat == "rejoint"

    taches.expirer(LUNDI + timedelta(hours=2))
    assert not AccordEnAttente.objects.exists()
    assert Partage.objects.get(pk=dure.pk).fini_par == "plateforme"


def test_les_signaux_s_effacent_a_la_fin_et_le_journal_ne_les_voit_pas():
    partage = rejoindre(consentir(martine()), samir())
    signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)
    assert Signal.objects.count() == 1
    partages.couper(
        partage=partage, cote=Cote.PERSONNE, par=partage.personne.acteur, maintenant=LUNDI
    )

    assert not Signal.objects.exists()
    assert not any("192.0.2.17" in str(ecriture.contenu) for ecriture in Ecriture.objects.all())


def test_le_navigateur_qui_recommence_efface_ce_qui_s_est_dit():
    partage = rejoindre(consentir(martine()), samir())
    signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)
    signaux.signaler(partage=partage, cote=Cote.CENTRE, genre="pret", corps="{}")

    assert [signal.genre for signal in Signal.objects.all()] == ["pret"]


def test_hors_d_un_partage_a_deux_aucun_signal_ne_passe():
    partage = consentir(martine())
    with pytest.raises(ConflitEtat):
        signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)


def test_au_dela_de_soixante_quatre_signaux_il_faut_un_nouveau_code():
    partage = rejoindre(consentir(martine()), samir())
    Signal.objects.bulk_create(
        [
            Signal(partage=partage, cote=Cote.PERSONNE, genre="candidat", corps="{}")
            for _ in range(64)
        ]
    )
    with pytest.raises(RegleEnfreinte, match="nouveau code"):
        signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="candidat", corps="{}")
