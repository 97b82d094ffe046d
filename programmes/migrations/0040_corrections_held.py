"""What is surplus or probably automatic is held apart, and limits count by hashed addresses."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0026_check_taken_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='correction',
            name='address',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=64, verbose_name='where it came from, hashed'),
        ),
        migrations.AddField(
            model_name='correction',
            name='held',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='held as probably automatic'),
        ),
    ]
