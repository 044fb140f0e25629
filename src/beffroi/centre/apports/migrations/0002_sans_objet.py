

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('apports', '0001_initiale'),
    ]

    operations = [
        migrations.AlterField(
            model_name='apport',
            name='issue',
            field=models.CharField(blank=True, choices=[('retenu', 'Retenu'), ('ecarte', 'À refaire'), ('remplace', 'Remplacé'), ('sans_objet', 'Sans objet')], max_length=10),
        ),
    ]
