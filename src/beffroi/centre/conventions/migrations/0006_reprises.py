from django.db import migrations, models

from beffroi.socle.fondations.en_servant import ContrainteEnServant


class Migration(migrations.Migration):

    dependencies = [
        ('adherents', '0002_depart'),
        ('conventions', '0005_archives'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='convention',
            name='une_convention_signee_a_sa_date_d_effet',
        ),
        migrations.AddField(
            model_name='convention',
            name='reprise_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='convention',
            name='signee_ailleurs_le',
            field=models.DateField(blank=True, null=True, verbose_name='signée hors de Beffroi le'),
        ),
        migrations.AlterField(
            model_name='convention',
            name='origine',
            field=models.CharField(choices=[('en_ligne', 'Demandée en ligne'), ('centre', 'Ouverte par le centre de gestion'), ('reprise', 'Reprise, signée hors de Beffroi')], default='centre', max_length=12),
        ),
        migrations.AlterField(
            model_name='piecedeconvention',
            name='sorte',
            field=models.CharField(choices=[('projet', 'Projet'), ('exemplaire', 'Exemplaire à signer'), ('annexe', 'Annexe'), ('deliberation', 'Délibération'), ('signee_par_l_adherent', "Signée par l'adhérent"), ('signee_par_le_centre', 'Signée par le centre de gestion'), ('copie_signee', 'Copie de la convention signée hors de Beffroi'), ('avenant', 'Avenant'), ('lettre', 'Lettre'), ('preuve_postale', 'Preuve de réception'), ('copie_aux_archives', 'Copie aux Archives départementales'), ('remise', 'Remise des documents'), ('litige', 'Échange du litige')], max_length=24),
        ),
        ContrainteEnServant(
            model_name='convention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['signee', 'active', 'a_renouveler', 'denoncee']), _negated=True), models.Q(('prise_d_effet__isnull', False), models.Q(('deliberation_executoire_le__isnull', False), ('signee_ailleurs_le__isnull', False), _connector='OR')), _connector='OR'), name='une_convention_signee_a_sa_date_d_effet'),
        ),
        ContrainteEnServant(
            model_name='convention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reprise_le', None), ('signee_ailleurs_le', None)), models.Q(('reprise_le__isnull', False), ('signee_ailleurs_le__isnull', False)), _connector='OR'), name='une_reprise_dit_quand_on_a_signe_et_quand_on_a_repris'),
        ),
        ContrainteEnServant(
            model_name='convention',
            constraint=models.CheckConstraint(condition=models.Q(('signee_ailleurs_le', None), models.Q(('signee_par_l_adherent_le', None), ('signee_par_le_centre_le', None)), _connector='OR'), name='une_convention_reprise_n_est_pas_signee_ici'),
        ),
    ]
